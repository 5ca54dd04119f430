package io.github.auditstream.connect.office365.it.docker;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/** Skips tests on a machine without Docker, but never in CI: there they fail. */
final class DockerRequired implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext test) {
    if (DockerClientFactory.instance().isDockerAvailable()) {
      return ConditionEvaluationResult.enabled("Docker answers");
    }
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException("CI is true, and no Docker daemon answers");
    }
    return ConditionEvaluationResult.disabled("No Docker daemon answers on this machine");
  }
}
