package org.mdx.io.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/**
 * Which chunk is which: in datasets that can grow or did shrink, of which some chunks were never
 * written, or that have very many. What the HDF5 library reads is what is expected.
 */
class Hdf5ChunkOrderTest {
  private static final Parallel TWO = Parallel.of(2);

  /** Writes what the library reads of each dataset beside the file. */
  private static final String CHECK =
      """
      f.close()
      import os
      f = h5py.File(sys.argv[1], 'r')
      for name in f:
          f[name][...].astype('<i4').tofile(os.path.join(os.path.dirname(sys.argv[1]), name + '.bin'))
      """;

  @TempDir Path folder;

  private void requireSame(int datasets, String script) throws IOException {
    Path path = folder.resolve("a.h5");
    Python.run(script + CHECK, path);
    try (Hdf5File f = Hdf5File.open(path)) {
      assertThat(f.members("/")).hasSize(datasets);
      for (String name : f.members("/")) {
        ByteBuffer b = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name + ".bin")));
        int[] expected = new int[b.remaining() / 4];
        b.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(expected);
        assertThat(f.ints(name, TWO)).as(name).isEqualTo(expected);
      }
    }
  }

  @Test
  void datasetsThatCanGrowShouldKeepTheOrderOfTheirChunks() throws IOException {
    requireSame(
        16,
        """
        N = None
        f = h5py.File(sys.argv[1], 'w', libver='latest')
        def put(name, shape, chunk, most, size=None):
            for suffix, options in ('', {}), ('_z', dict(compression=1)):
                v = np.arange(np.prod(shape), dtype='i4').reshape(shape)
                d = f.create_dataset(name + suffix, data=v, chunks=chunk, maxshape=most, **options)
                if size: d.resize(size)
        put('fixed', (4, 6), (2, 2), (8, 10))
        put('first', (6, 4), (1, 2), (N, 12))
        put('last', (6, 4, 8), (3, 2, 1), (6, 4, N))
        put('middle', (6, 4, 8), (3, 2, 1), (6, N, 8))
        put('more', (6, 4, 8), (3, 2, 1), (9, 12, N))
        put('shrunk', (6, 8), (2, 2), (N, 12), (5, 7))
        put('tree', (6, 8, 4), (2, 2, 3), (N, 12, N))
        for name, size, most in ('early', (20, 18), (20, 18)), ('greater', (20, 18), (30, 40)):
            p = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
            p.set_chunk((3, 5)); p.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
            d = h5py.Dataset(h5py.h5d.create(f.id, name.encode(), h5py.h5t.STD_I32LE,
                h5py.h5s.create_simple(size, most), p))
            d[:] = np.arange(360).reshape(20, 18)
        """);
  }

  @Test
  void chunksThatWereNeverWrittenShouldNotMoveTheOthers() throws IOException {
    requireSame(
        10,
        """
        N = None
        def absent(name, rows, most, missing):
            for suffix, options in ('', {}), ('_z', dict(compression=1)):
                d = f.create_dataset(name + suffix, shape=(rows, 4), chunks=(1, 4), maxshape=most,
                    dtype='i4', fillvalue=-7, **options)
                for i in range(rows):
                    if i not in missing: d[i] = i
        f = h5py.File(sys.argv[1], 'w', libver='latest')
        absent('fixed', 40, N, [10])
        absent('pages', 3000, N, range(1024, 2048))
        absent('array', 40, (N, 4), [0, 10])
        absent('blocks', 3000, (N, 4), list(range(3, 60)) + list(range(900, 2000)))
        absent('tree', 40, (N, N), [10])
        """);
  }

  @Test
  void manyChunksShouldBeFound() throws IOException {
    requireSame(
        2,
        """
        f = h5py.File(sys.argv[1], 'w', libver='latest')
        f.create_dataset('array', data=np.arange(150000, dtype='i4').reshape(-1, 1), chunks=(1, 1),
            maxshape=(None, 1))
        f.create_dataset('tree', data=np.arange(40000, dtype='i4').reshape(200, 200), chunks=(1, 1),
            maxshape=(None, None))
        """);
  }

  /** The addresses of all chunks follow what they point to when something before them shrinks. */
  @Test
  void copiesShouldKeepManyChunks() throws IOException {
    Path path = folder.resolve("many.h5");
    Path copy = folder.resolve("copy.h5");
    Python.run(
        """
        f = h5py.File(sys.argv[1], 'w', libver='latest')
        f.create_dataset('stack', data=np.ones((20, 30, 40), 'u2'), chunks=(1, 30, 40))
        f.create_dataset('array', data=np.arange(135000, dtype='i4').reshape(-1, 1), chunks=(1, 1),
            maxshape=(None, 1))
        """,
        path);
    Hdf5Repack.write(
        path, copy, (p, shape, type) -> p.equals("/stack") ? 0 : -1, 1, TWO, Progress.NONE);
    assertThat(Files.size(copy)).isLessThan(Files.size(path) - 40_000);
    assertThat(
            Python.run(
                """
                f = h5py.File(sys.argv[1], 'r')
                print((f['array'][:, 0] == np.arange(135000)).all(), (f['stack'][...] == 1).all())
                """,
                copy))
        .isEqualTo("True True");
  }

  /** Chunks at the edges may be left without filters (H5Pset_chunk_opts). */
  @Test
  void partialChunksWithoutFiltersShouldBeRead() throws IOException {
    requireSame(
        3,
        """
        import ctypes, re
        name = re.search(r'(/\\S*libhdf5_serial\\.so\\S*)', open('/proc/self/maps').read()).group(1)
        library = ctypes.CDLL(name)
        f = h5py.File(sys.argv[1], 'w', libver='latest')
        most = {'fixed': (5, 7), 'array': (-1, 7), 'tree': (-1, -1)}
        for kind, m in most.items():
            p = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
            p.set_chunk((2, 3))
            p.set_shuffle(); p.set_deflate(4)
            assert library.H5Pset_chunk_opts(ctypes.c_int64(p.id), 2) >= 0
            space = h5py.h5s.create_simple((5, 7), tuple(h5py.h5s.UNLIMITED if k < 0 else k for k in m))
            d = h5py.Dataset(h5py.h5d.create(f.id, kind.encode(), h5py.h5t.STD_I32LE, space, p))
            d[:] = np.arange(35).reshape(5, 7)
        """);
  }

  @Test
  void verySizableGroupsAndAttributesShouldBeRead() throws IOException {
    Path path = folder.resolve("b.h5");
    Python.run(
        """
        f = h5py.File(sys.argv[1], 'w', libver='latest')
        g = f.create_group('g')
        for i in range(20000): g['frame number %06d' % i] = h5py.SoftLink('/nowhere')
        for i in range(3): g.attrs['large %d' % i] = np.arange(20000) + i
        """,
        path);
    try (Hdf5File f = Hdf5File.open(path)) {
      assertThat(f.members("g")).hasSize(20000).contains("frame number 019999");
      for (int i = 0; i < 3; i++) {
        double[] large = f.numberAttribute("g", "large " + i);
        assertThat(large).hasSize(20000);
        assertThat(large[19999]).isEqualTo(19999 + i);
      }
    }
  }
}
