package io.github.auditstream.connect.office365.it.docker;

import io.github.auditstream.connect.office365.pages.Pages;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The connector's image, built once for all tests of a run by the command that {@code
 * docs/docker.md} shows.
 *
 * @param name with its tag
 */
record ConnectImage(String name) {
  /** Gives it to tests that take it as a parameter. */
  static final class Builder implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(ConnectImage.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
      return parameter.getParameter().getType().equals(ConnectImage.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
      return test.getRoot()
          .getStore(NAMESPACE)
          .getOrComputeIfAbsent(ConnectImage.class, key -> built(), ConnectImage.class);
    }
  }

  private static ConnectImage built() {
    try {
      new Bash(Files.createTempDirectory("office365-image"))
          .with("KAFKA_IMAGE", Images.named("KAFKA_IMAGE"))
          .run(Pages.block(Pages.doc("docker.md"), "by ConnectImageIT image"));
    } catch (IOException e) {
      throw new IllegalStateException("The image could not be built", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the image was built", e);
    }
    return new ConnectImage(Images.CONNECT + ":" + Images.named("OFFICE365_VERSION"));
  }
}
