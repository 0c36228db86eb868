package org.mdx.io.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.io.Mutations;
import org.mdx.io.Trial;
import org.mdx.parallel.Parallel;

/** Mutations and truncations of files of the HDF5 library: numbers or a format exception. */
class Hdf5FuzzTest {
  private static final Parallel ONE = Parallel.of(1);
  private static final int CASES = 1500;

  /** What was never written may be claimed up to a mebibyte, which is 8 MiB of doubles. */
  private static final long MOST_BYTES = 64L << 20;

  @TempDir Path folder;

  @Test
  void damagedFilesOfTheOldLayoutShouldEndInAFormatException() throws IOException {
    fuzz("earliest", 11);
  }

  @Test
  void damagedFilesOfTheNewLayoutShouldEndInAFormatException() throws IOException {
    fuzz("latest", 12);
  }

  private void fuzz(String layout, long seed) throws IOException {
    Path path = folder.resolve(layout + ".h5");
    Python.run(
        """
        f = h5py.File(sys.argv[1], 'w', libver=sys.argv[2])
        v = np.arange(60, dtype='i4').reshape(5, 4, 3)
        g = f.create_group('g')
        for i in range(12):
            g['m%d' % i] = i
            g.attrs['a%d' % i] = 'text'
        f['plain'] = v
        f.create_dataset('fixed', data=v, chunks=(1, 4, 3), compression=1, shuffle=True)
        f.create_dataset('grow', data=v, chunks=(1, 2, 3), maxshape=(None, 4, 3))
        f.create_dataset('tree', data=v, chunks=(2, 2, 2), maxshape=(None, None, 3), compression=1)
        f['text'] = 'some text'
        layout = h5py.VirtualLayout((5, 4, 3), 'i4')
        layout[:] = h5py.VirtualSource('.', 'plain', (5, 4, 3))
        if sys.argv[2] == 'latest':
            f.create_virtual_dataset('virtual', layout)
        """,
        path, layout);
    readAll(path);
    Mutations m = Mutations.of(CASES, seed);
    int[] refused = new int[1];
    assertTimeoutPreemptively(
        Duration.ofSeconds(Mutations.seconds(120)),
        () -> refused[0] = Trial.damage(path, m, MOST_BYTES, () -> readAll(path)));
    assertThat(refused[0]).isBetween(m.cases() / 6, m.cases() - 1);
  }

  /** What random damage will not find: structures that multiply what they claim. */
  @Test
  void structuresThatUnfoldShouldBeRefused() throws IOException {
    Path path = folder.resolve("unfold.h5");
    Python.run(
        """
        f = h5py.File(sys.argv[1], 'w', libver='latest')
        f['a'] = np.arange(6, dtype='i4')
        def virtual(name, n, *parts):
            layout = h5py.VirtualLayout((n,), 'i4')
            for source, length, to in parts:
                layout[to:to + length] = h5py.VirtualSource('.', source, (length,))
            f.create_virtual_dataset(name, layout)
        virtual('circle', 6, ('circle', 6, 0))
        virtual('twice', 6, ('a', 6, 0), ('a', 6, 0))
        virtual('lie', 1 << 24, ('a', 6, 0))
        last = 'a'
        for level in range(25):
            name = 'v%d' % level
            virtual(name, 6, (last, 6, 0), (last, 6, 0))
            last = name
        last = 'a'
        for level in range(3):
            name = 'w%d' % level
            virtual(name, 6, (last, 6, 0))
            last = name
        """,
        path);
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          try (Hdf5File f = Hdf5File.open(path)) {
            assertThat(f.ints("w2", ONE)).containsExactly(0, 1, 2, 3, 4, 5);
            for (String name : new String[] {"circle", "twice", "lie", "v3", "v24"}) {
              assertThat(Trial.read(name, MOST_BYTES, () -> f.ints(name, ONE))).as(name).isFalse();
            }
          }
        });
  }

  /** Elements of one chunk, one by one: the chunk is decoded once, not 100,000 times. */
  @Test
  void stepsThroughAChunkShouldDecodeItOnce() throws IOException {
    Path path = folder.resolve("steps.h5");
    Python.run(
        """
        f = h5py.File(sys.argv[1], 'w', libver='latest')
        f.create_dataset('a', data=np.arange(200000, dtype='i4'), chunks=(200000,), compression=1)
        layout = h5py.VirtualLayout((100000,), 'i4')
        layout[:] = h5py.VirtualSource('.', 'a', (200000,))[::2]
        f.create_virtual_dataset('steps', layout)
        """,
        path);
    try (Hdf5File f = Hdf5File.open(path)) {
      int[][] steps = new int[1][];
      assertThat(Trial.read("steps", 4 * MOST_BYTES, () -> steps[0] = f.ints("steps", ONE)))
          .isTrue();
      assertThat(steps[0]).hasSize(100_000);
      assertThat(steps[0][99_999]).isEqualTo(199_998);
    }
  }

  static void readAll(Path path) throws IOException {
    try (Hdf5File f = Hdf5File.open(path)) {
      f.tree();
      for (String name : f.members("/")) {
        if (f.hasGroup(name)) {
          f.members(name).forEach(m -> f.doubles(name + "/" + m, ONE));
          f.attribute(name, "a7");
        } else if (f.type(name).isText()) {
          f.text(name);
        } else {
          f.doubles(name, ONE);
          Hdf5Frames frames = f.frames(name, 0);
          int[] pixels = new int[frames.width() * frames.height()];
          for (int i = 0; i < Math.min(10, frames.frames()); i++) {
            frames.read(i, pixels);
          }
        }
      }
    }
  }
}
