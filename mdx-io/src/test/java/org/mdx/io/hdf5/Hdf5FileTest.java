package org.mdx.io.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.io.MdxFormatException;
import org.mdx.io.hdf5.element.Elements;
import org.mdx.parallel.Parallel;

class Hdf5FileTest {
  private static final Parallel TWO = Parallel.of(2);

  @TempDir Path folder;

  @Test
  void whatWasWrittenShouldBeRead() throws IOException {
    double[] doubles = new Random(1).doubles(40 * 30 * 20).toArray();
    int[] ints = new Random(2).ints(70_000).toArray();
    Hdf5Group group =
        new Hdf5Group()
            .attribute("axes", List.of("phi", "iy", "ix"))
            .attribute("note", "Å")
            .add("grid", Hdf5Dataset.of(Elements.of(doubles), 40, 30, 20))
            .add("ints", Hdf5Dataset.row(Elements.of(ints)))
            .add("floats", Hdf5Dataset.row(Elements.of(1.5f, Float.NaN)))
            .add("long", Hdf5Dataset.of(Elements.of(1L << 40)))
            .add("none", Hdf5Dataset.row(Elements.of(new int[0])))
            .add("text", Hdf5Dataset.text("π ≈ 3"));
    try (Hdf5File f = Hdf5File.open(write(new Hdf5Group().add("g", group)))) {
      assertThat(f.members("/")).containsExactly("g");
      assertThat(f.members("/g")).containsExactly("floats", "grid", "ints", "long", "none", "text");
      assertThat(f.attribute("/g", "axes")).containsExactly("phi", "iy", "ix");
      assertThat(f.attribute("/g", "note")).containsExactly("Å");
      assertThat(f.attribute("/g", "other")).isEmpty();
      assertThat(f.shape("/g/grid")).containsExactly(40, 30, 20);
      assertThat(f.doubles("/g/grid", TWO)).isEqualTo(doubles);
      assertThat(f.ints("/g/ints", TWO)).isEqualTo(ints);
      assertThat(f.floats("/g/floats", TWO)).containsExactly(1.5f, Float.NaN);
      assertThat(f.doubles("/g/long", TWO)).containsExactly(0x1p40);
      assertThat(f.ints("/g/none", TWO)).isEmpty();
      assertThat(f.text("/g/text")).isEqualTo("π ≈ 3");
      assertThat(f.has("/g/missing")).isFalse();
      assertThat(f.hasGroup("/g/text")).isFalse();
    }
  }

  @Test
  void wrongKindsShouldBeNamed() throws IOException {
    Hdf5Group root =
        new Hdf5Group()
            .add("text", Hdf5Dataset.text("a"))
            .add("wide", Hdf5Dataset.of(Elements.of(1L << 40)))
            .add("group", new Hdf5Group());
    Path path = write(root);
    try (Hdf5File f = Hdf5File.open(path)) {
      assertThatThrownBy(() -> f.doubles("/text", TWO))
          .isInstanceOf(MdxFormatException.class)
          .hasMessageContaining(path + ": /text: expected numbers");
      assertThatThrownBy(() -> f.ints("/wide", TWO)).hasMessageContaining("integers of 32 bits");
      assertThatThrownBy(() -> f.text("/wide")).hasMessageContaining("one text, found int64");
      assertThatThrownBy(() -> f.shape("/group")).hasMessageContaining("found a group");
      assertThatThrownBy(() -> f.members("/nothing")).hasMessageContaining("found nothing");
    }
  }

  @Test
  void numbersOfEveryTypeOrderAndLayoutShouldBeReadAsH5pyWroteThem() throws IOException {
    Path path = folder.resolve("types.h5");
    Python.run(
        """
        f = h5py.File(sys.argv[1], 'w')
        for t in ['i1', 'i2', 'i4', 'i8', 'u1', 'u2', 'u4', 'u8', 'f4', 'f8', '?']:
            for o in '<>':
                v = (np.arange(12) % 2 if t == '?' else np.arange(12) * 9).astype(o + t)
                f[t.replace('?', 'b') + 'le' * (o == '<')] = v
        f.create_dataset('plain', data=np.arange(12.) * 9, chunks=(5,))
        f.create_dataset('gzip', data=np.arange(12.) * 9, chunks=(5,), compression='gzip')
        f.create_dataset('shuffled', data=np.arange(12.) * 9, chunks=(5,), shuffle=True)
        f.create_dataset('both', data=(np.arange(12) * 9).astype('>i4').reshape(3, 4),
            chunks=(2, 3), shuffle=True, compression=9)
        f.create_dataset('lzf', data=np.arange(12.), chunks=(5,), compression='lzf')
        f['fixed'] = np.bytes_(b'abc')
        f.attrs['fixed'] = np.bytes_(b'abc')
        f['complex'] = np.arange(3) * 1j
        """,
        path);
    double[] expected = new double[12];
    double[] flags = new double[12];
    for (int i = 0; i < 12; i++) {
      expected[i] = 9 * i;
      flags[i] = i % 2;
    }
    try (Hdf5File f = Hdf5File.open(path)) {
      for (String name : f.members("/")) {
        if (name.startsWith("b") && !name.equals("both")) {
          assertThat(f.doubles(name, TWO)).as(name).isEqualTo(flags);
        } else if (!List.of("lzf", "fixed", "complex").contains(name)) {
          assertThat(f.doubles(name, TWO)).as(name).isEqualTo(expected);
          assertThat(f.ints(name, TWO))
              .as(name)
              .isEqualTo(Arrays.stream(expected).mapToInt(v -> (int) v).toArray());
        }
      }
      assertThat(f.text("fixed")).isEqualTo("abc");
      assertThat(f.attribute("/", "fixed")).containsExactly("abc");
      assertThatThrownBy(() -> f.doubles("lzf", TWO)).hasMessageContaining("filters [32000]");
      assertThatThrownBy(() -> f.doubles("complex", TWO)).hasMessageContaining("numbers");
      assertThat(f.tree()).contains("complex = object(3)", "plain = float64(12)");
    }
  }

  @Test
  void filesThatAreNotHdf5ShouldBeRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("a.nxs"), "not HDF5 at all");
    Path empty = Files.createFile(folder.resolve("b.nxs"));
    assertThatThrownBy(() -> Hdf5File.open(text))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("expected an HDF5 file, beginning 894844460d0a1a0a, found 6e6f7420");
    assertThatThrownBy(() -> Hdf5File.open(empty)).hasMessageContaining("an empty file");
    assertThatThrownBy(() -> Hdf5File.open(folder.resolve("missing.nxs")))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(Hdf5File.recognizes(text)).isFalse();
  }

  @Test
  void everyTruncationShouldBeNoticed() throws IOException {
    byte[] whole = Files.readAllBytes(write(sample()));
    for (int length = 8; length < whole.length; length += 1 + length / 40) {
      Path part = Files.write(folder.resolve("part.h5"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> readAll(part))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(MdxFormatException.class)
          .hasMessageContaining("part.h5");
    }
  }

  @Test
  void damagedFilesShouldEndInAFormatExceptionOrInNumbersOfTheRightShape() throws IOException {
    byte[] whole = Files.readAllBytes(write(sample()));
    Random random = new Random(6);
    int refused = 0;
    for (int trial = 0; trial < 600; trial++) {
      byte[] bad = whole.clone();
      for (int i = 0; i <= random.nextInt(3); i++) {
        int at = 8 + random.nextInt(bad.length - 8);
        int kind = random.nextInt(4);
        for (int j = at; j < Math.min(at + (kind == 3 ? 8 : 1), bad.length); j++) {
          bad[j] = kind == 0 ? -1 : kind == 1 ? 0 : kind == 2 ? 0x7f : (byte) random.nextInt();
        }
      }
      Path path = Files.write(folder.resolve("bad.h5"), bad);
      try {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> readAll(path));
      } catch (MdxFormatException e) {
        refused++;
        assertThat(e).hasMessageContaining("bad.h5");
      }
    }
    assertThat(refused).isBetween(60, 599);
  }

  @Test
  void claimedSizesShouldNotBeBelieved() throws IOException {
    Path path = folder.resolve("lies.h5");
    Python.run(
        """
        f = h5py.File(sys.argv[1], 'w')
        f.create_dataset('late', shape=(1 << 30,), dtype='f8')
        f.create_dataset('chunks', shape=(1 << 30,), dtype='f8', chunks=(1 << 20,), compression=1)
        f.create_dataset('huge', shape=(1 << 20, 1 << 20, 1 << 20), dtype='f8', chunks=(1, 1, 99))
        """,
        path);
    try (Hdf5File f = Hdf5File.open(path)) {
      for (String name : f.members("/")) {
        assertThatThrownBy(() -> f.doubles(name, TWO))
            .as(name)
            .isInstanceOf(MdxFormatException.class);
      }
    }
  }

  @Test
  void treeShouldShowGroupsDatasetsAndAttributes() throws IOException {
    Hdf5Group entry =
        new Hdf5Group()
            .attribute("NX_class", "NXentry")
            .attribute("axes", List.of("h", "k"))
            .add("ndiv", Hdf5Dataset.row(Elements.of(3L, 3L, 1L)))
            .add("phi", Hdf5Dataset.row(Elements.of(new double[30])).attribute("units", "degree"))
            .add("symbol", Hdf5Dataset.text("I 21 3"));
    Path path = write(new Hdf5Group().attribute("mdx2_version", "1.0.4").add("entry", entry));
    try (Hdf5File f = Hdf5File.open(path)) {
      assertThat(f.tree())
          .isEqualTo(
              """
              root:NXroot
                @mdx2_version = '1.0.4'
                entry:NXentry
                  @axes = [h, k]
                  ndiv = [3, 3, 1]
                  phi = float64(30)
                    @units = 'degree'
                  symbol = 'I 21 3'""");
    }
  }

  private static Hdf5Group sample() {
    int[] counts = new Random(7).ints(9000, 0, 50).toArray();
    return new Hdf5Group()
        .attribute("mdx2_version", "1.0.4")
        .add(
            "entry",
            new Hdf5Group()
                .attribute("axes", List.of("h", "k"))
                .add("counts", Hdf5Dataset.row(Elements.of(counts)))
                .add("text", Hdf5Dataset.text("I 21 3"))
                .add("grid", Hdf5Dataset.of(Elements.of(new double[60]), 3, 20)));
  }

  private static void readAll(Path path) throws IOException {
    try (Hdf5File f = Hdf5File.open(path)) {
      f.tree();
      f.attribute("/", "mdx2_version");
      f.attribute("/entry", "axes");
      f.text("/entry/text");
      f.doubles("/entry/counts", TWO);
      f.doubles("/entry/grid", TWO);
    }
  }

  private Path write(Hdf5Group root) throws IOException {
    Path file = Files.createTempFile(folder, "t", ".h5");
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      Hdf5Writer.write(root, out, TWO);
    }
    return file;
  }
}
