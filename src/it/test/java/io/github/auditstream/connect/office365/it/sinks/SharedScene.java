package io.github.auditstream.connect.office365.it.sinks;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One {@link SinkScene} for all tests of sinks, started by the first and ended after the last. */
final class SharedScene implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(SharedScene.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == SinkScene.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return test.getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(SinkScene.class, key -> start(), SinkScene.class);
  }

  private static SinkScene start() {
    try {
      return SinkScene.start();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the scene was set", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
