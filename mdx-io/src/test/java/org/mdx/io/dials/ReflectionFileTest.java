package org.mdx.io.dials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.io.MdxFormatException;
import org.mdx.io.Mutations;
import org.mdx.io.Trial;

/** Files that DIALS made; {@code reflections.py} tells how. */
class ReflectionFileTest {
  private static final String REFL = "small.refl";
  private static final String PICKLE_2 = "small_2.pickle";
  private static final String PICKLE_4 = "small_4.pickle";

  @TempDir Path folder;

  static byte[] resource(String name) throws IOException {
    try (InputStream in = ReflectionFileTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  /** A new file each time: some file systems wait for the disk when one is overwritten. */
  private Path file(byte[] bytes) throws IOException {
    Path file = folder.resolve("x.refl");
    Files.deleteIfExists(file);
    return Files.write(file, bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\u0001\u0002", "\u0093 of something else"})
  void damagedTablesShouldBeNamedRatherThanCountedAsLists(String content) throws IOException {
    Path damaged = file(content.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(ReflectionFile.recognizes(damaged)).isTrue();
    assertThatThrownBy(() -> ReflectionFile.read(damaged))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("x.refl");
  }

  @Test
  void listsAndFoldersShouldBeNoTables() throws IOException {
    assertThat(ReflectionFile.recognizes(file(" {\"__id__\": 1}".getBytes(StandardCharsets.UTF_8))))
        .isFalse();
    assertThatThrownBy(() -> ReflectionFile.recognizes(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(folder + ": is a folder");
  }

  private static double[] values(ReflectionColumn c) {
    return IntStream.range(0, c.rows() * c.type().components())
        .mapToDouble(i -> c.value(i / c.type().components(), i % c.type().components()))
        .toArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {REFL, PICKLE_2, PICKLE_4})
  void everyTypeOfColumnShouldBeRead(String name) throws IOException {
    Path file = file(resource(name));
    assertThat(ReflectionFile.recognizes(file)).isTrue();
    ReflectionTable t = ReflectionFile.read(file);
    assertThat(t.rows()).isEqualTo(3);
    assertThat(t.identifiers()).isEqualTo(Map.of(0L, "a-0", 1L, "b-1"));
    assertThat(values(t.column("id", ColumnType.INT))).containsExactly(0, 1, -1);
    assertThat(values(t.column("flags", ColumnType.SIZE_T)))
        .containsExactly(4, 37, (1 << 26) + 512);
    assertThat(values(t.column("entering", ColumnType.BOOL))).containsExactly(1, 0, 1);
    assertThat(values(t.column("d", ColumnType.DOUBLE))).containsExactly(1.5, -0.1, -1e300);
    assertThat(values(t.column("vec2", ColumnType.VEC2))).containsExactly(1, 2, 3, 4, 5, 6.25);
    assertThat(values(t.column("xyzobs.px.value", ColumnType.VEC3)))
        .containsExactly(1, 2, 0.5, -0.001, 1e-310, 1.5, 7, 8, 300.25);
    assertThat(values(t.column("ub", ColumnType.MAT3)))
        .containsExactly(IntStream.range(0, 27).asDoubleStream().toArray());
    assertThat(values(t.column("bbox", ColumnType.INT6)))
        .containsExactly(0, 2, 0, 1, 3, 4, -5, -3, 2, 4, 0, 3, 0, 0, 0, 0, 0, 0);
    assertThat(values(t.column("miller_index", ColumnType.MILLER_INDEX)))
        .containsExactly(1, -2, 3, 0, 0, 300, -70000, Integer.MAX_VALUE, 0);
    assertThat(t.column("miller_index").integer(1, 2)).isEqualTo(300);
    requireShoeboxes(t.column("shoebox"));
    if (!name.equals(REFL)) {
      assertThat(t.column("text").text(0)).isEqualTo("a");
      assertThat(t.column("text").text(1)).isEmpty();
      assertThat(t.column("text").text(2)).isEqualTo("more than fifteen characters");
      t = t.without(List.of("text"));
    }
    Path again = folder.resolve("again.refl");
    ReflectionFile.write(again, t);
    assertThat(again).hasBinaryContent(resource(REFL));
  }

  private static void requireShoeboxes(ReflectionColumn c) {
    Shoebox first = c.shoebox(0);
    assertThat(first.hasPixels()).isFalse();
    assertThat(first.width()).isEqualTo(2);
    assertThat(first.limit(4)).isEqualTo(3);
    assertThatThrownBy(() -> first.counts(0, 0, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    Shoebox s = c.shoebox(1);
    assertThat(s.panel()).isEqualTo(1);
    assertThat(List.of(s.width(), s.height(), s.depth())).containsExactly(2, 2, 3);
    for (int i = 0; i < 12; i++) {
      assertThat(s.counts(i % 2, i / 2 % 2, i / 4)).isEqualTo(i + 0.5f);
      assertThat(s.mask(i % 2, i / 2 % 2, i / 4)).isEqualTo(i % 8);
      assertThat(s.background(i % 2, i / 2 % 2, i / 4)).isEqualTo(0.25f * i - 1);
    }
    assertThatThrownBy(() -> s.mask(2, 0, 0)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void typesThatAreNotKnownShouldSurvive() throws IOException {
    byte[] bytes = resource(REFL);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("vec2<double>");
    bytes[at + 3] = '9';
    ReflectionTable t = ReflectionFile.read(file(bytes));
    ReflectionColumn c = t.column("vec2");
    assertThat(c.type().name()).isEqualTo("vec9<double>");
    assertThat(c.type().stride()).isEqualTo(16);
    assertThatThrownBy(() -> c.value(0, 0)).hasMessageContaining("vec9<double> holds no numbers");
    Path again = folder.resolve("again.refl");
    ReflectionFile.write(again, t);
    assertThat(again).hasBinaryContent(bytes);
    ReflectionFile.write(again, t.select(2, 0));
    assertThat(ReflectionFile.read(again).column("vec2")).isEqualTo(c.select(2, 0));
  }

  @Test
  void textShouldNotBeWritten() throws IOException {
    ReflectionTable t = ReflectionFile.read(file(resource(PICKLE_2)));
    Path again = folder.resolve("again.refl");
    assertThatThrownBy(() -> ReflectionFile.write(again, t))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("column text holds text");
    assertThat(again).doesNotExist();
  }

  @Test
  void lengthsBeyondTheFileShouldBeRejectedBeforeAnythingIsAllocated() throws IOException {
    byte[] bytes = resource(REFL);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("bool") + 6;
    assertThat(bytes[at] & 0xff).isEqualTo(0xc4);
    byte[] changed = Arrays.copyOf(bytes, bytes.length);
    changed[at] =
        (byte) 0xc6; // a length of four bytes, of which the old one and the values are the digits
    assertThatThrownBy(() -> ReflectionFile.read(file(changed)))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("of length 50397185")
        .hasMessageContaining("bytes to the end");
  }

  @Test
  void aFileOfAnotherKindShouldBeNamed() throws IOException {
    Path file = file("{\"__id__\": \"ExperimentList\"}".getBytes(StandardCharsets.US_ASCII));
    assertThat(ReflectionFile.recognizes(file)).isFalse();
    assertThatThrownBy(() -> ReflectionFile.read(file))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("x.refl: byte 1")
        .hasMessageContaining("expected a table of reflections");
  }

  @Test
  void callsOfOtherFunctionsShouldBeRejected() throws IOException {
    byte[] bytes = "\u0080\u0002cos\nsystem\nX\u0002\0\0\0ls\u0085R.".getBytes("ISO-8859-1");
    assertThatThrownBy(() -> ReflectionFile.read(file(bytes)))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("expected a table of reflections");
  }

  @ParameterizedTest
  @ValueSource(strings = {REFL, PICKLE_2, PICKLE_4})
  void everyTruncationShouldBeFound(String name) throws IOException {
    byte[] bytes = resource(name);
    for (int length = 0; length < bytes.length; length++) {
      Path file = file(Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> ReflectionFile.read(file)).isInstanceOf(MdxFormatException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {REFL, PICKLE_2, PICKLE_4})
  void damagedFilesShouldEndInATableOrAFormatException(String name) throws IOException {
    byte[] bytes = resource(name);
    Mutations m = Mutations.of(3000, 11);
    Random random = new Random(m.seed());
    int failures = 0;
    for (int i = 0; i < m.cases(); i++) {
      byte[] changed = mutate(bytes, random);
      Path file = file(changed);
      boolean read =
          Trial.read(
              m.name(name, i),
              8L << 20,
              () -> {
                try {
                  ReflectionTable t = ReflectionFile.read(file);
                  long size = t.columns().values().stream().mapToLong(c -> c.bytes().limit()).sum();
                  assertThat(size).isLessThanOrEqualTo(16L * changed.length);
                  exercise(t);
                } catch (MdxFormatException e) {
                  assertThat(e).hasMessageContaining("x.refl: byte ");
                  throw e;
                }
              });
      failures += read ? 0 : 1;
    }
    assertThat(failures).isBetween(m.cases() / 10, m.cases() - 1);
  }

  /** Reads everything that there is. */
  private static void exercise(ReflectionTable t) {
    int[] rows = t.rows() == 3 ? new int[] {2, 0, 2} : new int[0];
    ReflectionTable selected = t.select(rows);
    for (ReflectionColumn c : selected.columns().values()) {
      if (c.type().isNumeric()) {
        assertThat(values(c)).hasSize(c.rows() * c.type().components());
      } else if (c.type().equals(ColumnType.SHOEBOX)) {
        for (int i = 0; i < c.rows(); i++) {
          Shoebox s = c.shoebox(i);
          if (s.hasPixels() && (long) s.width() * s.height() * s.depth() > 0) {
            s.background(s.width() - 1, s.height() - 1, s.depth() - 1);
          }
        }
      }
    }
  }

  /** Changes bytes, removes some, or repeats some. */
  static byte[] mutate(byte[] bytes, Random random) {
    byte[] changed = bytes.clone();
    int from = random.nextInt(bytes.length);
    int length = 1 + random.nextInt(Math.min(20, bytes.length - from));
    switch (random.nextInt(4)) {
      case 0 -> {
        System.arraycopy(bytes, from + length, changed, from, bytes.length - from - length);
        changed = Arrays.copyOf(changed, bytes.length - length);
      }
      case 1 -> {
        changed = Arrays.copyOf(bytes, bytes.length + length);
        System.arraycopy(bytes, from, changed, from + length, bytes.length - from);
      }
      default -> {
        for (int k = 0; k <= random.nextInt(4); k++) {
          int at = random.nextInt(bytes.length);
          changed[at] =
              random.nextBoolean()
                  ? (byte) random.nextInt(256)
                  : (byte) (changed[at] ^ 1 << random.nextInt(8));
        }
      }
    }
    return changed;
  }
}
