package org.mdx.reflection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReflectionsTest {
  private static final Reflections THREE =
      Reflections.builder(3)
          .set(ReflectionKeys.ID, new int[] {0, 1, -1})
          .set(ReflectionKeys.FLAGS, new long[] {4, 0x300, 1 << 26})
          .set(ReflectionKeys.MILLER_INDEX, new int[] {1, 2, 3, -4, 5, 6, 0, 0, 0})
          .set(ReflectionKeys.XYZOBS_PX, new double[] {.5, 1, 2, 3, 4, 5, 6, 7, 8})
          .set(ReflectionKeys.ENTERING, new boolean[] {true, false, true})
          .set(ReflectionKeys.SHOEBOX, boxes())
          .identifiers(Map.of(0, "a", 1, "b"))
          .build();

  /** Without pixels, of 2 x 1 x 1, of 1 x 1 x 2. */
  private static Shoeboxes boxes() {
    return Shoeboxes.builder()
        .add(3, new int[] {0, 9, 0, 9, 0, 9})
        .add(
            1,
            new int[] {-1, 1, 4, 5, 7, 8},
            new float[] {10, -11},
            new int[] {5, 3},
            new float[] {.5f, .25f})
        .add(0, new int[] {0, 1, 0, 1, 0, 2}, new float[] {1, 2}, new int[2], new float[2])
        .build();
  }

  @Test
  void arraysShouldBeCopiedOnTheWayInAndOut() {
    double[] d = {1, 2};
    Reflections r = Reflections.builder(2).set(ReflectionKeys.D, d).build();
    d[0] = 9;
    r.get(ReflectionKeys.D)[1] = 9;
    assertThat(r.get(ReflectionKeys.D)).containsExactly(1, 2);
  }

  @Test
  void cellsShouldBeFoundByRowAndComponent() {
    assertThat(THREE.size()).isEqualTo(3);
    assertThat(THREE.value(ReflectionKeys.XYZOBS_PX, 2, 1)).isEqualTo(7);
    assertThat(THREE.integer(ReflectionKeys.MILLER_INDEX, 1, 0)).isEqualTo(-4);
    assertThat(THREE.flags(1)).isEqualTo(0x300);
    assertThat(THREE.isSet(0, ReflectionFlag.INDEXED)).isTrue();
    assertThat(THREE.isSet(1, ReflectionFlag.INDEXED)).isFalse();
    assertThat(THREE.has(ReflectionKeys.D)).isFalse();
    assertThat(THREE)
        .hasToString(
            "3 reflections (1 indexed) with [entering, flags, id, miller_index, shoebox,"
                + " xyzobs.px.value]");
    assertThatThrownBy(() -> THREE.value(ReflectionKeys.XYZOBS_PX, 3, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> THREE.value(ReflectionKeys.XYZOBS_PX, 0, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void anAbsentOrDifferentColumnShouldBeNamed() {
    assertThatThrownBy(() -> THREE.get(ReflectionKeys.D))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no column d, only [entering, flags");
    ReflectionKey<long[]> other = new ReflectionKey<>("id", long[].class, 1, "");
    assertThatThrownBy(() -> THREE.get(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the column is id: int[], it was asked for as id: long[]");
    assertThatThrownBy(() -> THREE.with(ReflectionKeys.S1, new double[10]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("column s1: 10 numbers are no rows of 3");
    assertThatThrownBy(() -> THREE.with(ReflectionKeys.S1, new double[6]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("column s1 has 2 rows, the table has 3");
    assertThatThrownBy(() -> new ReflectionKey<>("x", float[].class, 1, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("column x of float[]");
    assertThatThrownBy(() -> THREE.withIdentifiers(Map.of(-1, "x")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rowsShouldBeSelectedInTheOrderWanted() {
    Reflections r = THREE.select(2, 1);
    assertThat(r.get(ReflectionKeys.ID)).containsExactly(-1, 1);
    assertThat(r.get(ReflectionKeys.MILLER_INDEX)).containsExactly(0, 0, 0, -4, 5, 6);
    assertThat(r.get(ReflectionKeys.ENTERING)).containsExactly(true, false);
    assertThat(r.get(ReflectionKeys.SHOEBOX).counts(1)).containsExactly(10, -11);
    assertThat(r.identifiers()).isEqualTo(Map.of(0, "a", 1, "b"));
    assertThat(THREE.where(i -> i != 1)).isEqualTo(THREE.select(0, 2)).isNotEqualTo(r);
    assertThatThrownBy(() -> THREE.select(3)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void tablesShouldBeJoinedWithZerosWhereAColumnIsMissing() {
    Reflections all =
        Reflections.concatenate(
            List.of(THREE.without(ReflectionKeys.ENTERING, ReflectionKeys.SHOEBOX), THREE));
    assertThat(all.get(ReflectionKeys.ENTERING))
        .containsExactly(false, false, false, true, false, true);
    assertThat(all.get(ReflectionKeys.SHOEBOX).pixels(0)).isZero();
    assertThat(all.select(3, 4, 5)).isEqualTo(THREE);
    assertThatThrownBy(
            () -> Reflections.concatenate(List.of(THREE, THREE.withIdentifiers(Map.of(0, "c")))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("id 0 is a in one table and c in another");
    assertThatThrownBy(() -> Reflections.concatenate(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shoeboxesShouldKeepPixelsInTheirOrder() {
    Shoeboxes s = boxes();
    assertThat(s.size()).isEqualTo(3);
    assertThat(s.pixels(0)).isZero();
    assertThat(s.panel(1)).isEqualTo(1);
    assertThat(s.limit(1, 0)).isEqualTo(-1);
    assertThat(s.box(2)).containsExactly(0, 1, 0, 1, 0, 2);
    assertThat(s.counts(1, 1)).isEqualTo(-11);
    assertThat(s.mask(1, 0)).isEqualTo(Shoeboxes.VALID | Shoeboxes.FOREGROUND);
    assertThat(s.background(1)).containsExactly(.5f, .25f);
    assertThatThrownBy(() -> s.counts(1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(
            () ->
                Shoeboxes.builder()
                    .add(0, new int[] {0, 2, 0, 2, 0, 2}, new float[4], new int[4], new float[4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4 counts, 4 masks and 4 backgrounds for 8 pixels");
    assertThatThrownBy(() -> Shoeboxes.builder().add(0, new int[] {0, 2, 3, 2, 0, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reversed limits");
  }

  @Test
  void packedShoeboxesShouldBeTheSameBytesAndNumbers() {
    Shoeboxes s = boxes();
    ByteBuffer packed = s.packed().get(0);
    assertThat(packed.isReadOnly()).isTrue();
    assertThat(packed.remaining()).isEqualTo(3 * 29 + 4 * 12);
    Shoeboxes again = Shoeboxes.ofPacked(packed, 3);
    assertThat(again).isEqualTo(s).hasSameHashCodeAs(s).hasToString("3 shoeboxes of 4 pixels");
    assertThat(again.select(2, 1).counts(1)).containsExactly(10, -11);
    assertThat(again.select(2, 1)).isNotEqualTo(s);
    Shoeboxes twice = Shoeboxes.concatenate(List.of(again, s.select(1)));
    assertThat(twice.size()).isEqualTo(4);
    assertThat(twice.background(3)).containsExactly(.5f, .25f);
    assertThat(Shoeboxes.ofPacked(Shoeboxes.empty(0).packed().get(0), 0).size()).isZero();
  }

  @Test
  void packedShoeboxesThatDoNotAddUpShouldBeRefused() {
    ByteBuffer packed = boxes().packed().get(0);
    assertThatThrownBy(() -> Shoeboxes.ofPacked(packed, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 shoeboxes, and 53 bytes more");
    assertThatThrownBy(() -> Shoeboxes.ofPacked(packed, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shoebox 3: limits that are reversed or need more than the 0 bytes");
    ByteBuffer reversed = ByteBuffer.allocate(29).order(ByteOrder.LITTLE_ENDIAN).putInt(4, 7);
    assertThatThrownBy(() -> Shoeboxes.ofPacked(reversed, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shoebox 0");
  }

  @Test
  void manyShoeboxesShouldComeBackAsTheyWentIn() {
    Shoeboxes.Builder b = Shoeboxes.builder();
    for (int i = 0; i < 1000; i++) {
      int n = i % 7;
      float[] counts = new float[n];
      Arrays.fill(counts, i);
      b.add(i, new int[] {i, i + n, 0, 1, 5, 6}, counts, new int[n], new float[n]);
    }
    Shoeboxes s = b.build();
    for (int i = 0; i < 1000; i++) {
      assertThat(s.panel(i)).isEqualTo(i);
      assertThat(s.limit(i, 1)).isEqualTo(i + i % 7);
      float[] counts = new float[i % 7];
      Arrays.fill(counts, i);
      assertThat(s.counts(i)).isEqualTo(counts);
    }
  }
}
