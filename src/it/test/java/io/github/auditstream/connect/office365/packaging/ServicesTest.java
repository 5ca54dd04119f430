package io.github.auditstream.connect.office365.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.auditstream.connect.office365.fixtures.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.connect.connector.policy.ConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.rest.ConnectRestExtension;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.predicates.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker with {@code plugin.discovery=service_load} finds what it would find by scanning. */
class ServicesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.github.auditstream.connect.office365");

  @ParameterizedTest
  @ValueSource(
      classes = {
        SourceConnector.class,
        SinkConnector.class,
        Transformation.class,
        Predicate.class,
        Converter.class,
        HeaderConverter.class,
        ConfigProvider.class,
        ConnectRestExtension.class,
        ConnectorClientConfigOverridePolicy.class
      })
  void announcesEveryPluginOfAKind(Class<?> kind) throws IOException {
    List<String> found =
        CLASSES.stream()
            .filter(type -> type.isAssignableTo(kind))
            .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .map(type -> type.getName())
            .toList();
    Path services =
        Repository.file("src/connector/target/classes/META-INF/services", kind.getName());
    List<String> announced =
        Files.exists(services)
            ? Files.readAllLines(services).stream().filter(line -> !line.isBlank()).toList()
            : List.of();

    assertThat(announced).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(found);
  }
}
