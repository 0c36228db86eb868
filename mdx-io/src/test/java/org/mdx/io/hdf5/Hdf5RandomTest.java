package org.mdx.io.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.io.Mutations;
import org.mdx.parallel.Parallel;

/** Datasets of random shape, type and storage, whole, in parts or resized: as h5py reads them. */
class Hdf5RandomTest {
  private static final int DATASETS = 60;

  /** Four versions of the format in turn; values below 120 fit every type. */
  private static final String SCRIPT =
      """
      seed = int(sys.argv[2]); rng = np.random.default_rng(seed)
      def R(a, b): return int(rng.integers(a, b + 1))
      low = ['earliest', ('earliest', 'v108'), ('v108', 'v110'), 'latest'][seed % 4]
      f = h5py.File(sys.argv[1], 'w', libver=low, userblock_size=[0, 512, 2048][R(0, 2)])
      UNLIMITED = h5py.h5s.UNLIMITED
      while len(f) < int(sys.argv[3]):
          rank = R(1, 4); shape = tuple(R(1, [400, 40, 12, 7][rank - 1]) for _ in range(rank))
          dt = np.dtype(['u1', 'i1', '<i2', '>u2', '<i4', '>i4', '<u4', '<i8'][R(0, 7)])
          p = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
          layout = R(0, 9); most = list(shape)
          if layout == 0 and np.prod(shape) * dt.itemsize < 60000:
              p.set_layout(h5py.h5d.COMPACT)
          elif layout > 1:
              p.set_chunk(tuple(R(1, s) for s in shape))
              most = [(UNLIMITED, s, s, s + R(0, 2 * s), s + R(0, 2 * s))[R(0, 4)] for s in shape]
              if R(0, 3) == 0: p.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
              if R(0, 2) == 0: p.set_shuffle()
              if R(0, 1): p.set_deflate(R(1, 9))
              if R(0, 3) == 0: p.set_fletcher32()
          if R(0, 1): p.set_fill_value(np.array(R(1, 100), dt))
          try:
              d = h5py.Dataset(h5py.h5d.create(f.id, b'd%03d' % len(f), h5py.h5t.py_create(dt),
                  h5py.h5s.create_simple(shape, tuple(most)), p))
          except ValueError:
              continue
          v = rng.integers(0, 120, shape).astype(dt)
          written = R(0, 3)
          for _ in range(4 if written == 1 else 0):
              s = tuple(slice(*sorted((R(0, n), R(0, n)))) for n in shape); d[s] = v[s]
          if written > 1: d[...] = v
          if layout > 1 and R(0, 2) == 0:
              d.resize([R(1, 2 * s) if m == UNLIMITED else min(m, R(1, 2 * s))
                  for s, m in zip(shape, most)])
      f.close()
      with h5py.File(sys.argv[1]) as f, open(sys.argv[1] + '.bin', 'wb') as out:
          for name in f:
              f[name][...].astype('<i4').tofile(out)
      """;

  @TempDir Path folder;

  @Test
  void randomDatasetsShouldBeReadAsTheLibraryReadsThem() throws IOException {
    Mutations m = Mutations.of(6 * DATASETS, 100);
    for (int i = 0; i < m.cases() / DATASETS; i++) {
      long seed = (m.seed() + i) & Integer.MAX_VALUE;
      Path path = folder.resolve("random.h5");
      Python.run(SCRIPT, path, seed, DATASETS);
      ByteBuffer expected = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("random.h5.bin")));
      expected.order(ByteOrder.LITTLE_ENDIAN);
      try (Hdf5File f = Hdf5File.open(path)) {
        assertThat(f.members("/")).hasSize(DATASETS);
        for (String name : new TreeSet<>(f.members("/"))) {
          int[] found = f.ints(name, Parallel.of(1));
          int[] values = new int[found.length];
          expected.asIntBuffer().get(values);
          expected.position(expected.position() + 4 * found.length);
          assertThat(Arrays.equals(found, values))
              .as("%s, seed %d of the script", m.name(name, i), seed)
              .isTrue();
        }
      }
      assertThat(expected.hasRemaining()).isFalse();
      Files.delete(path);
    }
  }
}
