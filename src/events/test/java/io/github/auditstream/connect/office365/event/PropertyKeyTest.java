package io.github.auditstream.connect.office365.event;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PropertyKeyTest {

  @Test
  void marksNamesThatAMapOrUtf8CannotHold() {
    assertThat(PropertyKey.needsMark("Name", true)).isFalse();
    assertThat(PropertyKey.needsMark("", true)).isFalse();
    assertThat(PropertyKey.needsMark("a#b", true)).isFalse();
    assertThat(PropertyKey.needsMark("#", false)).isTrue();
    assertThat(PropertyKey.needsMark("\ud800", true)).isTrue();
    assertThat(PropertyKey.needsMark("\ud83d\ude00", true)).isFalse();
  }

  @Test
  void countsOccurrences() {
    assertThat(PropertyKey.marked("Name", 2)).isEqualTo("#2:Name");
    assertThat(PropertyKey.occurrence("#2:Name")).isEqualTo(2);
    assertThat(PropertyKey.name("#2:Name")).isEqualTo("Name");
    assertThat(PropertyKey.occurrence("Name")).isEqualTo(1);
  }

  @Test
  void writesLoneSurrogatesAsEscapes() {
    assertThat(PropertyKey.marked("a\ud800\\", 1)).isEqualTo("#1:a\\ud800\\\\");
  }

  @Test
  void takesOtherKeysUnchanged() {
    for (String key :
        new String[] {"", "#", "#:", "#1", "#a:b", "#-1:b", "#9999999999:x", "a:b", "\\u0041"}) {
      assertThat(PropertyKey.name(key)).isEqualTo(key);
      assertThat(PropertyKey.occurrence(key)).isEqualTo(1);
    }
    assertThat(PropertyKey.name("#1:\\")).isEqualTo("\\");
    assertThat(PropertyKey.name("#1:\\u12")).isEqualTo("u12");
    assertThat(PropertyKey.name("#1:\\users")).isEqualTo("users");
  }

  @Property(tries = 500)
  void givesBackEveryName(
      @ForAll @Size(max = 8) char[] units,
      @ForAll @IntRange(min = 1, max = 99_999_999) int number) {
    String name = new String(units);

    String key = PropertyKey.marked(name, number);

    assertThat(PropertyKey.name(key)).isEqualTo(name);
    assertThat(PropertyKey.occurrence(key)).isEqualTo(number);
    assertThat(Utf8.hasLoneSurrogate(key)).isFalse();
  }
}
