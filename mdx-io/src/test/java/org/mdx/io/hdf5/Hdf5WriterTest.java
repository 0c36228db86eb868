package org.mdx.io.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.io.hdf5.element.Elements;
import org.mdx.parallel.Parallel;

class Hdf5WriterTest {
  @TempDir Path folder;

  @Test
  void textsShouldArriveInPythonAsStrAndNumbersWithTheirTypes() throws IOException {
    Hdf5Group entry = new Hdf5Group().attribute("NX_class", "NXentry");
    entry.add("title", Hdf5Dataset.text("Å and π"));
    entry.add("one", Hdf5Dataset.of(Elements.of(7L)));
    entry.add("row", Hdf5Dataset.row(Elements.of(1.5f, Float.NaN)).attribute("units", "degree"));
    entry.add("grid", Hdf5Dataset.of(Elements.of(1, 2, 3, 4, 5, -6), 2, 3));
    entry.add("none", Hdf5Dataset.row(Elements.of(new double[0])));
    Hdf5Group root = new Hdf5Group().attribute("mdx2_version", "1.0.4").add("entry", entry);
    entry.attribute("axes", List.of("phi", "iy", "ix")).attribute("empty", "");
    Path file = write(root, 1);

    String out =
        Python.run(
            """
            f = h5py.File(sys.argv[1])
            e = f['entry']
            print(repr(f.attrs['mdx2_version']), repr(e.attrs['NX_class']), repr(e.attrs['empty']))
            print(e.attrs['axes'].tolist(), e.attrs['axes'].dtype, list(e))
            print(e['title'].asstr()[()], e['one'][()], e['one'].dtype, e['one'].shape)
            print(e['row'].dtype, e['row'][:].tolist(), repr(e['row'].attrs['units']))
            print(e['grid'].dtype, e['grid'][:].tolist(), e['none'].shape, e['none'].dtype)
            """,
            file);

    assertThat(out)
        .isEqualTo(
            """
            '1.0.4' 'NXentry' ''
            ['phi', 'iy', 'ix'] object ['grid', 'none', 'one', 'row', 'title']
            Å and π 7 int64 ()
            float32 [1.5, nan] 'degree'
            int32 [[1, 2, 3], [4, 5, -6]] (0,) float64""");
  }

  @Test
  void chunkedDatasetsOfAnyRankShouldBeReadBackByTheHdf5Library() throws IOException {
    Random random = new Random(1);
    int[][] shapes = {
      {8192},
      {65536},
      {65537},
      {8_400_001},
      {91, 91},
      {1000, 70},
      {61, 63, 50},
      {3, 1, 40000},
      {33, 34, 35, 36},
      {1, 1, 300_000}
    };
    Hdf5Group root = new Hdf5Group();
    StringBuilder expected = new StringBuilder();
    for (int s = 0; s < shapes.length; s++) {
      int n = 1;
      for (int d : shapes[s]) {
        n *= d;
      }
      int[] v = random.ints(n, -1000, 1000).toArray();
      long sum = 0;
      for (int i = 0; i < n; i++) {
        sum += (i % 1009 + 1L) * v[i];
      }
      expected.append(sum).append(s == shapes.length - 1 ? "" : "\n");
      root.add("d" + s, Hdf5Dataset.of(Elements.of(v), shapes[s]));
    }
    Path file = write(root, 2);

    String out =
        Python.run(
            """
            f = h5py.File(sys.argv[1])
            for k in sorted(f):
                d = f[k]
                assert d.compression == 'gzip' and d.shuffle, k
                v = d[:].ravel().astype(np.int64)
                print((v * (np.arange(v.size) % 1009 + 1)).sum())
            """,
            file);

    assertThat(out).isEqualTo(expected.toString());
  }

  @Test
  void groupsShouldHoldUpTo256Members() throws IOException {
    Hdf5Group root = new Hdf5Group();
    for (int i = 0; i < 256; i++) {
      root.add("m" + i, Hdf5Dataset.of(Elements.of(i)));
    }
    assertThatThrownBy(() -> root.add("m256", new Hdf5Group())).hasMessageContaining("256 members");
    Path file = write(root, 1);
    String out =
        Python.run(
            "f = h5py.File(sys.argv[1])\n"
                + "print(len(f), sum(f['m%d' % i][()] for i in range(256)), 'm256' in f)",
            file);
    assertThat(out).isEqualTo("256 32640 False");
  }

  @Test
  void bytesShouldNotDependOnTheNumberOfThreads() throws IOException {
    double[] v = new Random(2).doubles(500_000).toArray();
    Path one = write(new Hdf5Group().add("v", Hdf5Dataset.row(Elements.of(v))), 1);
    Path seven = write(new Hdf5Group().add("v", Hdf5Dataset.row(Elements.of(v))), 7);
    assertThat(Files.mismatch(one, seven)).isEqualTo(-1);
  }

  @Test
  void emptyFileShouldBeAnEmptyRootGroup() throws IOException {
    assertThat(Python.run("print(list(h5py.File(sys.argv[1])))", write(new Hdf5Group(), 1)))
        .isEqualTo("[]");
  }

  @Test
  void namesShouldBePlainAscii() {
    for (String bad : List.of("", "a/b", ".", "Å", "a b", "x".repeat(256))) {
      assertThatThrownBy(() -> new Hdf5Group().add(bad, new Hdf5Group()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no HDF5 name");
    }
  }

  private Path write(Hdf5Group root, int threads) throws IOException {
    Path file = Files.createTempFile(folder, "t", ".h5");
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      Hdf5Writer.write(root, out, Parallel.of(threads));
    }
    return file;
  }
}
