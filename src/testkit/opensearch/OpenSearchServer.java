import java.nio.file.Path;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * An OpenSearch node without security, for tests of the sink. Run from its source, with the jars that pom.xml beside it
 * collects: {@code java -cp 'lib/*' OpenSearchServer.java FOLDER PORT}.
 */
final class OpenSearchServer {
  private OpenSearchServer() {}

  public static void main(String[] arguments) throws InterruptedException {
    String folder = Path.of(arguments[0]).toAbsolutePath().toString();
    OpenSearchRunner runner = new OpenSearchRunner();
    runner
        .onBuild(
            (number, settings) -> {
              settings.put("http.port", arguments[1]);
              settings.put("network.host", "127.0.0.1");
              settings.put("discovery.type", "single-node");
              settings.putList("discovery.seed_hosts");
              settings.putList("node.roles", "cluster_manager", "data", "ingest");
              // The machine's disk is not the test's matter.
              settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
            })
        .build(
            OpenSearchRunner.newConfigs()
                .basePath(folder)
                .numOfNode(1)
                .clusterName("sinks")
                .useLogger());
    Thread.currentThread().join();
  }
}
