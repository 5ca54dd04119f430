package io.github.auditstream.connect.office365.it;

import io.github.auditstream.connect.office365.testkit.ConnectRest;
import io.github.auditstream.connect.office365.testkit.ConnectStack;
import io.github.auditstream.connect.office365.testkit.StackFolders;
import io.github.auditstream.connect.office365.testkit.WorkerProcess;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One stack for all integration tests of a JVM, started by the first that asks and ended after the
 * last: kept by the launcher's session, since the build hands a JVM one class at a time. A test
 * takes what it needs as a parameter: {@link ConnectStack} (broker and registry, more workers on
 * demand), {@link WorkerProcess} (one shared worker of the newest version that writes exactly once)
 * or {@link ConnectRest} (that worker's). What is shared is not stopped or killed by a test;
 * connector and topic names are the test's own.
 */
public final class SharedStack implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(SharedStack.class);
  private static final Map<Class<?>, Function<Store, Object>> PARAMETERS =
      Map.of(
          ConnectStack.class, SharedStack::stack,
          WorkerProcess.class, SharedStack::worker,
          ConnectRest.class, store -> worker(store).rest());

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return PARAMETERS.containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    Class<?> type = parameter.getParameter().getType();
    Function<Store, Object> source = PARAMETERS.get(type);
    if (source == null) {
      throw new IllegalArgumentException("not shared: " + type);
    }
    return source.apply(test.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE));
  }

  private static ConnectStack stack(Store store) {
    return store.getOrComputeIfAbsent(
        ConnectStack.class, key -> ConnectStack.start(StackFolders.ofBuild()), ConnectStack.class);
  }

  private static WorkerProcess worker(Store store) {
    ConnectStack stack = stack(store);
    return store.getOrComputeIfAbsent(
        WorkerProcess.class,
        key -> stack.startWorker(stack.workerSettings().withExactlyOnce(true)),
        WorkerProcess.class);
  }
}
