package io.github.auditstream.connect.office365.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs another main class and ends the process when the one that started it is gone, however it
 * went: the pipe on the standard input is then closed. Loaded alone in the child process, so it
 * uses nothing but the JDK.
 */
final class Launcher {
  private static final int OWNER_GONE = 97;

  private Launcher() {}

  /** The first argument is the main class, the others are its own. */
  public static void main(String[] arguments) throws Throwable {
    Thread watch = new Thread(Launcher::haltWithoutOwner, "office365-owner-watch");
    watch.setDaemon(true);
    watch.start();
    Class<?> program = Class.forName(arguments[0]);
    String[] own = Arrays.copyOfRange(arguments, 1, arguments.length);
    try {
      program.getMethod("main", String[].class).invoke(null, (Object) own);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private static void haltWithoutOwner() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      System.err.println("The starting process can no longer be watched: " + e);
    }
    Runtime.getRuntime().halt(OWNER_GONE);
  }
}
