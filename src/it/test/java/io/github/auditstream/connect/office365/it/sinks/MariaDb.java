package io.github.auditstream.connect.office365.it.sinks;

import io.github.auditstream.connect.office365.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A MariaDB server of its own, with a data folder and a port of its own. */
final class MariaDb implements AutoCloseable {
  static final String DATABASE = "office365";
  static final String USER = "office365_sink";
  static final String PASSWORD = "not-a-secret";

  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final String PACKAGE = "mariadb-server";

  private final NativeProcess server;
  private final Shell shell;
  private final int port;

  private MariaDb(NativeProcess server, Shell shell, int port) {
    this.server = server;
    this.shell = shell;
    this.port = port;
  }

  /** Starts a server with an empty database {@link #DATABASE} and a user that may write to it. */
  static MariaDb start(Path folder) throws IOException, InterruptedException {
    Path program = Needed.program("mariadbd", PACKAGE);
    Needed.program("mariadb", "mariadb-client");
    Path data = folder.resolve("mariadb");
    String user = System.getProperty("user.name");
    Shell shell = new Shell(folder);
    shell.run(
        "mariadb-install-db --no-defaults --auth-root-authentication-method=normal --skip-test-db"
            + " --datadir='%s' --user='%s'".formatted(data, user),
        "");
    // A socket's path has 107 characters at most; the folder of a test may have more.
    Path sockets = Files.createTempDirectory("sql");
    sockets.toFile().deleteOnExit();
    String socket = sockets.resolve("s").toString();
    int port = Ports.free();
    NativeProcess server =
        NativeProcess.start(
            List.of(
                program.toString(),
                "--no-defaults",
                "--datadir=" + data,
                "--socket=" + socket,
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--skip-name-resolve",
                "--innodb-flush-log-at-trx-commit=2",
                "--user=" + user),
            folder.resolve("mariadb.log"));
    MariaDb database = new MariaDb(server, shell.with("MYSQL_UNIX_PORT", socket), port);
    try {
      server.await("database", START_LIMIT, () -> Ports.open(port));
      database.run(
          """
          CREATE DATABASE %1$s;
          CREATE USER '%2$s'@'127.0.0.1' IDENTIFIED BY '%3$s';
          GRANT SELECT, INSERT, UPDATE ON %1$s.* TO '%2$s'@'127.0.0.1';
          """
              .formatted(DATABASE, USER, PASSWORD),
          "mysql");
      return database;
    } catch (IOException | RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  String url() {
    return "jdbc:mariadb://127.0.0.1:%d/%s".formatted(port, DATABASE);
  }

  /** The rows of the last statement, one a line, columns apart by tabs, without their names. */
  List<String> rows(String sql) throws IOException, InterruptedException {
    return run(sql, DATABASE).lines().toList();
  }

  /** Runs statements and gives what they print. */
  String run(String sql, String database) throws IOException, InterruptedException {
    return shell.run(
        "mariadb --no-defaults --default-character-set=utf8mb4 --user=root --batch"
            + " --skip-column-names --raw "
            + database,
        sql);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
