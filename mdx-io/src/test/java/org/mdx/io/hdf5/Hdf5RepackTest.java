package org.mdx.io.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.io.MdxFormatException;
import org.mdx.io.Trial;
import org.mdx.io.hdf5.element.StackRule;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/** Copies of files of the HDF5 library, compared by that library. */
class Hdf5RepackTest {
  private static final Parallel TWO = Parallel.of(2);

  /** Velox's images and documents count frames last, other stacks first. */
  private static final StackRule RULE =
      (path, shape, type) ->
          shape.length == 3
              ? path.startsWith("/Data/") ? 2 : 0
              : path.endsWith("Metadata") ? 1 : -1;

  @TempDir Path folder;

  private Hdf5Repack.Result write(Path in, Path out) throws IOException {
    return Hdf5Repack.write(in, out, RULE, 4, TWO, Progress.NONE);
  }

  private static String script(String name) throws IOException {
    try (InputStream in = Hdf5RepackTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void everythingThatH5pyCanMakeShouldBeTheSameInTheCopy() throws IOException {
    Python.run(script("everything.py"), folder, "lzf");
    Path copies = Files.createDirectory(folder.resolve("copies"));
    for (Path in : files()) {
      Path out = copies.resolve(in.getFileName());
      Hdf5Repack.Result r = write(in, out);
      assertThat(r.stacks()).as(in.toString()).isGreaterThan(15);
      assertThat(Python.run(script("compare.py"), in, out)).contains(" items 0 differ []");
      assertThat(Hdf5Repack.compare(in, out, RULE, true, TWO, Progress.NONE)).isEqualTo(r);
    }
  }

  @Test
  void h5diffShouldFindNoDifference() throws IOException, InterruptedException {
    Path h5diff = Path.of("/usr/bin/h5diff");
    Assumptions.assumeTrue(Files.isExecutable(h5diff), "skipped: there is no h5diff");
    Python.run(script("everything.py"), folder);
    Python.run(
        "h5py.File(sys.argv[1] + '/other.h5', 'w')['x'] = range(5);"
            + "open(sys.argv[1] + '/raw.bin', 'wb').write(bytes(40))",
        folder);
    for (Path in : files()) {
      Path out = folder.resolve("copy");
      write(in, out);
      Process p =
          new ProcessBuilder(h5diff.toString(), in.toString(), out.toString())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
      // it says of empty objects that they are not comparable, also when a file is its own copy
      assertThat(new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .doesNotContain("differ");
      assertThat(p.waitFor()).as(in.toString()).isZero();
      Files.delete(out);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> files =
          all.filter(p -> p.toString().endsWith(".h5") && !p.endsWith("other.h5"))
              .sorted()
              .toList();
      assertThat(files).hasSize(10);
      return files;
    }
  }

  @Test
  void bytesBehindTheEndShouldBeKeptAndCompared() throws IOException {
    Path in = folder.resolve("in.h5");
    Python.run("h5py.File(sys.argv[1], 'w')['m'] = np.arange(60000).reshape(3, 100, 200)", in);
    long end = Files.size(in);
    byte[] more = "a note behind the end".getBytes(StandardCharsets.UTF_8);
    Files.write(in, more, StandardOpenOption.APPEND);
    Path out = folder.resolve("out.h5");

    Hdf5Repack.Result r = write(in, out);

    byte[] copy = Files.readAllBytes(out);
    assertThat(copy.length).isLessThan((int) end);
    assertThat(Arrays.copyOfRange(copy, copy.length - more.length, copy.length)).isEqualTo(more);
    assertThat(Hdf5Repack.compare(in, out, RULE, true, TWO, Progress.NONE)).isEqualTo(r);
    copy[copy.length - 1] ^= 1;
    Files.write(out, copy);
    assertThat(Hdf5Repack.compare(in, out, RULE, true, TWO, Progress.NONE)).isNull();
  }

  /** What h5repack with shuffle and gzip makes of a file is the measure. */
  @Test
  void otherDatasetsThatCanBeChunkedShouldBeCompressedToo() throws Exception {
    Path in = folder.resolve("in.h5");
    Python.run(
        """
        f = h5py.File(sys.argv[1], 'w')
        r = np.random.default_rng(1)
        f['stream'] = r.poisson(2, 300001).astype('u2')
        f['spectra'] = r.poisson(1, (20, 20, 64)).astype('u4')
        f['four'] = r.poisson(1, (5, 6, 7, 80)).astype('i4')
        f['flags'] = r.poisson(.1, (3000, 1)).astype('u1')
        f['table'] = np.array([(i, i / 2) for i in range(2000)], dtype=[('a', 'i4'), ('b', 'f8')])
        f['words'] = np.array([b'word %d' % (i % 9) for i in range(900)], dtype='S16')
        f.create_dataset('chunks', data=r.poisson(3, (70, 90)).astype('f4'), chunks=(32, 32))
        f.create_dataset('grows', data=r.poisson(3, 5000).astype('u2'), chunks=(1024,), maxshape=(None,))
        f.create_dataset('packed', data=np.arange(900), chunks=(90,), compression='gzip')
        f['small'] = np.arange(100)
        f['names'] = np.array(['a', 'b'] * 9, dtype=h5py.string_dtype())
        f['link'] = f['stream']
        f['stream'].attrs['unit'] = 'counts'
        f.attrs['to'] = f['spectra'].ref
        """,
        in);
    Path out = folder.resolve("out.h5");

    Hdf5Repack.Result r = write(in, out);

    assertThat(Python.run(script("compare.py"), in, out)).contains(" items 0 differ []");
    assertThat(Hdf5Repack.compare(in, out, RULE, true, TWO, Progress.NONE)).isEqualTo(r);
    assertThat(
            Python.run(
                """
                f = h5py.File(sys.argv[1])
                print([n for n in sorted(f) if f[n].compression and f[n].shuffle])
                """,
                out))
        .contains("['chunks', 'four', 'grows', 'link', 'spectra', 'stream', 'table', 'words']");
    Path h5repack = Path.of("/usr/bin/h5repack");
    Assumptions.assumeTrue(Files.isExecutable(h5repack), "skipped: there is no h5repack");
    Path theirs = folder.resolve("theirs.h5");
    Process p =
        new ProcessBuilder(
                h5repack.toString(), "-f", "SHUF", "-f", "GZIP=4", in.toString(), theirs.toString())
            .redirectErrorStream(true)
            .start();
    p.getInputStream().readAllBytes();
    assertThat(p.waitFor()).isZero();
    assertThat(Files.size(out)).isLessThan(Files.size(theirs) * 21 / 20);
  }

  @Test
  void aCopyShouldNotDependOnTheNumberOfThreads() throws IOException {
    Path in = movie("chunks=(70, 60, 1)", 700);
    Path one = folder.resolve("one");
    Path four = folder.resolve("four");
    Hdf5Repack.write(in, one, RULE, 4, Parallel.of(1), Progress.NONE);
    Hdf5Repack.write(in, four, RULE, 4, Parallel.of(4), Progress.NONE);
    assertThat(Files.mismatch(one, four)).isEqualTo(-1);
    assertThat(Files.size(one)).isLessThan(Files.size(in) / 2);
  }

  private Path movie(String layout, int width) throws IOException {
    Path in = folder.resolve("movie.h5");
    Python.run(
        """
        with h5py.File(sys.argv[1], 'w') as f:
            a = np.random.default_rng(1).poisson(4, (700, %d, 5)).astype('u2')
            f.create_dataset('Data/Image/a/Data', data=a, %s)
            f['Data/Image/a/Data'].attrs['unit'] = 'counts'
        """
            .formatted(width, layout.replace("(70, 60", "(700, " + width)),
        in);
    return in;
  }

  @Test
  void largeFramesShouldBeOneZlibStreamOfSeveralPieces() throws IOException {
    Path in = movie("chunks=(70, 60, 1)", 1700);
    Path out = folder.resolve("out");
    write(in, out);
    String same =
        "a, b = (h5py.File(n)['Data/Image/a/Data'] for n in sys.argv[1:]);"
            + "print((a[()] == b[()]).all(), b.chunks, b.shuffle, b.compression_opts)";
    assertThat(Python.run(same, in, out)).isEqualTo("True (700, 1700, 1) True 4");
  }

  @Test
  void interleavedFramesShouldComeOutAsFrames() throws IOException {
    for (String layout : new String[] {"dtype='u2'", "chunks=(64, 32, 3)"}) {
      Path in = movie(layout, 333);
      Path out = folder.resolve("out");
      write(in, out);
      assertThat(Python.run(script("compare.py"), in, out)).contains(" 0 differ []");
      Files.delete(out);
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void aCopyWithOneOtherPixelShouldBeNoCopy() throws IOException {
    Path in = movie("chunks=(70, 60, 1)", 60);
    Path out = folder.resolve("out");
    write(in, out);
    Python.run("h5py.File(sys.argv[1], 'r+')['Data/Image/a/Data'][3, 4, 2] = 77", out);
    assertThat(Hdf5Repack.compare(in, out, RULE, true, TWO, Progress.NONE)).isNull();
  }

  @Test
  void whatCannotBeCopiedFaithfullyShouldBeRefused() throws IOException {
    Path in = folder.resolve("in.h5");
    Python.run(
        """
        with h5py.File(sys.argv[1], 'w') as f:
            f.create_dataset('t', data=['a', 'b'], dtype=h5py.string_dtype(), compression='gzip')
        """,
        in);
    assertThatThrownBy(() -> write(in, folder.resolve("out")))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("variable lengths in filtered chunks");
    Python.run(
        """
        f = h5py.File(sys.argv[1], 'w', libver='latest')
        f['a'] = 1
        f.swmr_mode = True
        f.flush()
        import os; os._exit(0)
        """,
        in);
    assertThatThrownBy(() -> write(in, folder.resolve("out2")))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("a program that is writing the file");
  }

  @Test
  void damagedFilesShouldEndInAFormatException() throws IOException {
    Python.run(
        """
        for v in ('earliest', 'latest'):
            with h5py.File(sys.argv[1] + '/' + v + '.h5', 'w', libver=v) as f:
                d = f.create_dataset('Data/Image/a/Data', data=np.ones((9, 7, 5), 'u2'),
                                     chunks=(9, 7, 1), maxshape=(9, 7, None))
                f.create_dataset('Data/Image/b/Data', data=np.ones((9, 7, 5), 'u2'))
                f.create_dataset('Data/Image/c/Data', data=np.ones((9, 7, 5), 'u2'),
                                 chunks=(3, 3, 3), compression='gzip', maxshape=(None, 7, 5))
                for i in range(12):
                    f.create_group('m%d' % i); d.attrs['a%d' % i] = 'text'
                f.create_dataset('v', data=['x', 'yy'], dtype=h5py.string_dtype())
                f['r'] = d.ref
        """,
        folder);
    Path out = folder.resolve("out");
    int refused = 0;
    for (String layout : new String[] {"earliest.h5", "latest.h5"}) {
      Path bad = folder.resolve(layout);
      refused +=
          Trial.damage(
              bad,
              400,
              5,
              64L << 20,
              () -> {
                try {
                  Hdf5Repack.write(bad, out, RULE, 1, Parallel.of(1), Progress.NONE);
                } finally {
                  Files.deleteIfExists(out);
                }
              });
    }
    assertThat(refused).isBetween(100, 799);
  }

  @Test
  void aCopyShouldBeAsGoodAsACompressedFileOfTheLibrary() throws IOException {
    Path in = movie("chunks=(70, 60, 1)", 60);
    Path out = folder.resolve("out");
    Path again = folder.resolve("again");
    Hdf5Repack.Result first = write(in, out);
    Hdf5Repack.Result second = write(out, again);
    assertThat(first.stacks()).isEqualTo(1);
    assertThat(second.stacks()).as("what is compressed by frame stays").isZero();
    assertThat(Files.mismatch(out, again)).isEqualTo(-1);
  }
}
