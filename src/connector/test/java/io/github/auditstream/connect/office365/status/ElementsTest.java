package io.github.auditstream.connect.office365.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElementsTest {
  @Test
  void adjacentIndexesBecomeOneRange() {
    Elements some =
        Elements.union(
            List.of(
                Elements.at(7), Elements.at(5), Elements.at(6), Elements.at(3), Elements.at(5)));

    assertThat(some.text()).isEqualTo("3,5-7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "0-", "3,5-9,20-", "0-1", "0-17"})
  void readsBackItsText(String text) {
    assertThat(Elements.parse(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "-3", "a", "3,", "9-5", "3-4-5", "1.5", "99999999999999999999"})
  void refusesInvalidInput(String text) {
    assertThatThrownBy(() -> Elements.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hasABound() {
    String text =
        String.join(",", IntStream.range(0, 300).mapToObj(i -> Integer.toString(2 * i)).toList());

    assertThatThrownBy(() -> Elements.parse(text)).hasMessageContaining("200");
  }

  @Test
  void anOpenRangeHasABeginningAndNoEnd() {
    Elements tail = Elements.parse("3,20-");

    assertThat(tail.contains(3)).isTrue();
    assertThat(tail.contains(4)).isFalse();
    assertThat(tail.contains(1_000_000)).isTrue();
    assertThat(tail.leastLength()).isEqualTo(20);
    assertThat(tail.countBefore(25)).isEqualTo(6);
    assertThat(tail.withoutLowest(3).text()).isEqualTo("22-");
    assertThat(tail.notBefore(4).text()).isEqualTo("20-");
    assertThat(tail.without(Elements.parse("21")).text()).isEqualTo("3,20,22-");
  }

  @Property(tries = 300)
  void isASetOfIndexes(
      @ForAll @Size(max = 30) List<@IntRange(max = 40) Integer> one,
      @ForAll @Size(max = 30) List<@IntRange(max = 40) Integer> other,
      @ForAll @IntRange(max = 42) int at) {
    Elements left = Elements.union(one.stream().map(Elements::at).toList());
    Elements right = Elements.union(other.stream().map(Elements::at).toList());
    List<Long> indexes = one.stream().distinct().sorted().map(Integer::longValue).toList();

    assertThat(list(left)).isEqualTo(indexes);
    assertThat(list(left.without(right)))
        .isEqualTo(indexes.stream().filter(i -> !other.contains(i.intValue())).toList());
    assertThat(list(left.notBefore(at))).isEqualTo(indexes.stream().filter(i -> i >= at).toList());
    assertThat(left.countBefore(at)).isEqualTo(indexes.stream().filter(i -> i < at).count());
    assertThat(list(left.withoutLowest(at))).isEqualTo(indexes.stream().skip(at).toList());
    assertThat(left.first().orElse(-1)).isEqualTo(indexes.isEmpty() ? -1 : indexes.get(0));
    assertThat(left.isEmpty() || Elements.parse(left.text()).equals(left)).isTrue();
  }

  private static List<Long> list(Elements elements) {
    return LongStream.range(0, 50).filter(elements::contains).boxed().toList();
  }
}
