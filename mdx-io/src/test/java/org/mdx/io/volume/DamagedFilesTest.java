package org.mdx.io.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.io.MdxFormatException;
import org.mdx.io.Mutations;
import org.mdx.io.hdf5.Hdf5File;
import org.mdx.io.npy.Npy;
import org.mdx.table.Subdivision;

/**
 * Files of every format with changed and missing bytes: reading must end in a value or a {@link
 * MdxFormatException}, and must not take memory for what a damaged header claims.
 */
class DamagedFilesTest {
  /** What reading a file of some kilobytes may allocate, buffers of fixed size included. */
  private static final long MOST_BYTES = 24L << 20;

  private static final byte[][] WORDS = {
    word(-1), word(Integer.MAX_VALUE), word(Integer.MIN_VALUE), word(1 << 30), word(0), word(65536)
  };

  private static final String[] TEXTS = {
    "-1", "99999999999", "1e999", "NaN", "'", "(", ",", "\n", "\0", " ", "2147483647", "<", "\""
  };

  private static final CrystalSymmetry CELL =
      new CrystalSymmetry(Optional.of(Samples.CELL), Optional.empty());

  @TempDir Path folder;

  private static byte[] word(int v) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(v).array();
  }

  /** Reads a file. */
  private interface Reader {
    Object read() throws IOException;
  }

  private static final class Score {
    int values;
    int refused;
    long most;
  }

  @ParameterizedTest
  @ValueSource(strings = {"mdx2", "yell", "meerkat", "nxdata", "ccp4", "npy", "vti", "lat"})
  void damagedMapsShouldBeRefusedOrRead(String name) throws IOException {
    MapFormat format = MapFormats.named(name).orElseThrow();
    Path path = folder.resolve("a.file");
    format.write(path, Samples.map(), name.equals("ccp4") ? -7 : Float.NaN);
    if (name.equals("ccp4")) {
      Files.delete(Sidecar.beside(path)); // so that the labels are read
    }
    boolean hdf5 = Hdf5File.recognizes(path);
    damage(path, hdf5 ? 150 : 1000, hdf5, () -> format.read(path, CELL));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mtz", "csv", "hkl"})
  void damagedTablesShouldBeRefusedOrRead(String name) throws IOException {
    TableFormat format = TableFormats.named(name).orElseThrow();
    Path path = folder.resolve("a.file");
    format.write(path, Samples.table(Samples.TRICLINIC, new Subdivision(3, 2, 5), 40), "intensity");
    damage(path, 1000, false, () -> format.read(path));
  }

  @Test
  void damagedDescriptionsShouldBeRefusedOrRead() throws IOException {
    Path data = folder.resolve("a.npy");
    Npy.write(data, Samples.map(), Float.NaN);
    damage(Sidecar.beside(data), 1000, false, () -> Npy.read(data));
  }

  private void damage(Path path, int cases, boolean hdf5, Reader reader) throws IOException {
    assertTimeoutPreemptively(
        Duration.ofSeconds(Mutations.seconds(60)), () -> damageAll(path, cases, hdf5, reader));
  }

  private void damageAll(Path path, int cases, boolean hdf5, Reader reader) throws IOException {
    byte[] good = Files.readAllBytes(path);
    Score score = new Score();
    reader.read(); // loads classes
    Mutations m = Mutations.of(cases, 1000);
    for (int i = 0; i < m.cases(); i++) {
      Files.write(path, damaged(good, new Random(m.seed() + i)));
      once(reader, score, m.name(path.getFileName(), i), hdf5);
    }
    for (int i = 0; i < (hdf5 ? 60 : 250); i++) {
      int length = i < 120 ? Math.min(i, good.length) : (int) ((long) good.length * i / 250);
      Files.write(path, Arrays.copyOf(good, length));
      once(reader, score, "the first " + length + " bytes", hdf5);
    }
    assertThat(score.refused).as("some of them are refused").isGreaterThan(m.cases() / 50);
    assertThat(score.values).as("some of them can be read").isPositive();
  }

  private static void once(Reader reader, Score score, String what, boolean hdf5) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    try {
      assertThat(reader.read()).isNotNull();
      score.values++;
    } catch (MdxFormatException e) {
      score.refused++;
    } catch (IOException | RuntimeException | Error e) {
      throw new AssertionError(what, e);
    }
    long taken = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    score.most = Math.max(score.most, taken);
    if (!hdf5) {
      assertThat(taken).as(what).isLessThan(MOST_BYTES);
    }
  }

  /** One to three changes: a byte, a 32-bit word, a piece of text, or bytes cut out. */
  private static byte[] damaged(byte[] good, Random random) {
    byte[] b = good.clone();
    for (int n = random.nextInt(3); n >= 0; n--) {
      // headers are at either end: most changes go there
      int range = random.nextInt(3) == 0 ? b.length : Math.min(b.length, 1100);
      int at = random.nextInt(Math.max(1, range));
      at = random.nextInt(4) == 0 ? b.length - 1 - at : at;
      byte[] piece =
          switch (random.nextInt(4)) {
            case 0 -> new byte[] {(byte) random.nextInt(256)};
            case 1 -> WORDS[random.nextInt(WORDS.length)];
            case 2 -> TEXTS[random.nextInt(TEXTS.length)].getBytes(StandardCharsets.ISO_8859_1);
            default -> new byte[0];
          };
      if (piece.length == 0 && b.length > 40) {
        int cut = Math.min(1 + random.nextInt(20), b.length - at);
        byte[] shorter = Arrays.copyOf(b, b.length - cut);
        System.arraycopy(b, at + cut, shorter, at, b.length - at - cut);
        b = shorter;
      }
      System.arraycopy(piece, 0, b, at, Math.min(piece.length, b.length - at));
    }
    return b;
  }
}
