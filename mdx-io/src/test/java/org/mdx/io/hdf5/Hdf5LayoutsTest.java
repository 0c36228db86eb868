package org.mdx.io.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.image.Pixels;
import org.mdx.io.MdxFormatException;
import org.mdx.io.hdf5.element.Elements;
import org.mdx.io.internal.hdf5.codec.NaiveFilters;
import org.mdx.parallel.Parallel;

/** Files in all layouts of HDF5 1.10, written by the HDF5 library. */
class Hdf5LayoutsTest {
  private static final Parallel TWO = Parallel.of(2);

  @TempDir Path folder;

  /** What numpy read back, as 32-bit integers. */
  private int[] expected(String name) throws IOException {
    ByteBuffer b = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name + ".bin")));
    int[] v = new int[b.remaining() / 4];
    b.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(v);
    return v;
  }

  @Test
  void everyIndexOfChunksShouldLeadToThem() throws IOException {
    Path path = folder.resolve("indices.h5");
    Python.run(
        """
        import os
        f = h5py.File(sys.argv[1], 'w', libver='latest')
        rng = np.random.default_rng(1)
        N = None
        cases = {
          'single': ((40, 30), (40, 30), N), 'fixed': ((40, 30), (7, 9), N),
          'paged': ((5000, 3), (2, 3), N), 'extensible': ((900, 4), (1, 4), (N, 4)),
          'superblocks': ((30000, 2), (1, 2), (N, 2)), 'tree': ((90, 41), (3, 2), (N, N)),
          'cube': ((11, 23, 31), (4, 23, 7), N)}
        for name, (shape, chunk, most) in cases.items():
          for suffix, options in ('', {}), ('_z', dict(compression=4, shuffle=True, fletcher32=True)):
            v = rng.integers(-9, 9, shape).astype('i4')
            f.create_dataset(name + suffix, data=v, chunks=chunk, maxshape=most, **options)
            v.tofile(os.path.join(os.path.dirname(sys.argv[1]), name + suffix + '.bin'))
        p = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        p.set_chunk((3, 5)); p.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
        d = h5py.Dataset(h5py.h5d.create(f.id, b'implicit', h5py.h5t.STD_I32LE,
            h5py.h5s.create_simple((20, 18)), p))
        v = rng.integers(-9, 9, (20, 18)).astype('i4'); d[:] = v
        v.tofile(os.path.join(os.path.dirname(sys.argv[1]), 'implicit.bin'))
        """,
        path);
    try (Hdf5File f = Hdf5File.open(path)) {
      assertThat(f.members("/")).hasSize(15);
      for (String name : f.members("/")) {
        assertThat(f.ints(name, TWO)).as(name).isEqualTo(expected(name));
      }
    }
  }

  @Test
  void largeGroupsAndManyAttributesShouldBeFound() throws IOException {
    Path path = folder.resolve("dense.h5");
    Python.run(
        """
        f = h5py.File(sys.argv[1], 'w', libver='latest')
        g = f.create_group('g')
        for i in range(700):
            g['member with a longer name %d' % i] = i
        for i in range(300):
            g.attrs['attribute %d' % i] = 'text %d' % i
        g.attrs['vector'] = np.array([1.5, -2, 3])
        f['soft'] = h5py.SoftLink('/g/member with a longer name 7')
        f['circle'] = h5py.SoftLink('/circle')
        f['dtype'] = np.dtype('i4')
        f.create_dataset('committed', data=np.arange(3), dtype=f['dtype'])
        """,
        path);
    try (Hdf5File f = Hdf5File.open(path)) {
      assertThat(f.members("/g")).hasSize(700);
      for (int i = 0; i < 700; i += 23) {
        assertThat(f.ints("/g/member with a longer name " + i, TWO)).containsExactly(i);
      }
      assertThat(f.attribute("/g", "attribute 299")).containsExactly("text 299");
      assertThat(f.numberAttribute("/g", "vector")).containsExactly(1.5, -2, 3);
      assertThat(f.ints("soft", TWO)).containsExactly(7);
      assertThat(f.ints("committed", TWO)).containsExactly(0, 1, 2);
      assertThatThrownBy(() -> f.has("circle")).hasMessageContaining("links in a circle");
    }
  }

  @Test
  void virtualDatasetsAndExternalLinksShouldLeadIntoOtherFiles() throws IOException {
    Files.createDirectory(folder.resolve("store"));
    Path path = folder.resolve("virtual.h5");
    Python.run(
        """
        import os
        d = os.path.dirname(sys.argv[1])
        rng = np.random.default_rng(2)
        parts = [rng.integers(0, 99, (4, 6, 5)).astype('i4') for i in range(3)]
        for i, p in enumerate(parts):
            with h5py.File('%s/store/p%d.h5' % (d, i), 'w') as s:
                s.create_dataset('a/b', data=p, chunks=(2, 4, 5), compression=1)
                s['flat'] = p[0]
        with h5py.File(sys.argv[1], 'w', libver='latest') as f:
            def src(i, shape=(4, 6, 5), name='a/b'):
                return h5py.VirtualSource('store/p%d.h5' % i, name, shape)
            one = h5py.VirtualLayout((13, 6, 5), 'i4')
            for i in range(3): one[4 * i:4 * i + 4] = src(i)
            two = h5py.VirtualLayout((12, 6, 5), 'i4')
            for i in range(3): two[i::3] = src(i)
            tiles = h5py.VirtualLayout((4, 9, 11), 'i4')
            tiles[:, :6, :5] = src(0); tiles[1:3, 4:9, 6:11] = src(1)[2:4, 1:6]
            flat = h5py.VirtualLayout((3, 6, 5), 'i4')
            for i in range(3): flat[i] = src(i, (6, 5), 'flat')
            f.create_virtual_dataset('concatenated', one, fillvalue=-1)
            f.create_virtual_dataset('interleaved', two)
            f.create_virtual_dataset('tiles', tiles, fillvalue=-7)
            f.create_virtual_dataset('flat', flat)
            f['link'] = h5py.ExternalLink('store/p1.h5', '/a/b')
            f['missing'] = h5py.ExternalLink('store/p9.h5', '/a/b')
        with h5py.File(sys.argv[1]) as f:
            for n in 'concatenated', 'interleaved', 'tiles', 'flat', 'link':
                f[n][()].tofile('%s/%s.bin' % (d, n))
        """,
        path);
    try (Hdf5File f = Hdf5File.open(path)) {
      for (String name : List.of("concatenated", "interleaved", "tiles", "flat", "link")) {
        assertThat(f.ints(name, TWO)).as(name).isEqualTo(expected(name));
        Hdf5Frames frames = f.frames(name, 0);
        assertThat(frames(frames)).as(name).isEqualTo(expected(name));
      }
      assertThatThrownBy(() -> f.ints("missing", TWO))
          .isInstanceOf(MdxFormatException.class)
          .hasMessageContaining("expected the file store/p9.h5, found no such file");
    }
    Files.delete(folder.resolve("store/p2.h5"));
    try (Hdf5File f = Hdf5File.open(path)) {
      assertThatThrownBy(() -> f.ints("concatenated", TWO)).hasMessageContaining("store/p2.h5");
    }
  }

  private static int[] frames(Hdf5Frames f) {
    int n = f.width() * f.height();
    int[] all = new int[f.frames() * n];
    int[] one = new int[n];
    // backwards, so that blocks are met from their end
    for (int i = f.frames() - 1; i >= 0; i--) {
      f.read(i, one);
      System.arraycopy(one, 0, all, i * n, n);
    }
    return all;
  }

  /** A map of version 1, which tells a name that it had before by the number of the part. */
  @Test
  void mapsThatTellNamesOnceShouldBeRead() throws IOException {
    Path path = folder.resolve("shared-names.h5");
    Files.copy(Path.of("src/test/resources/hdf5/shared-names.h5"), path);
    for (int i = 0; i < 2; i++) {
      int v = 10 * i;
      Hdf5Group root =
          new Hdf5Group()
              .add("longdatasetname", Hdf5Dataset.row(Elements.of(v, v + 1, v + 2, v + 3)))
              .add("otherdatasetname", Hdf5Dataset.row(Elements.ofInts(4, k -> 100 + v + k)));
      Path source = folder.resolve("sourcefile" + i + ".h5");
      try (FileChannel out =
          FileChannel.open(source, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        Hdf5Writer.write(root, out, TWO);
      }
    }
    try (Hdf5File f = Hdf5File.open(path)) {
      int[] first = {0, 10, 100, 10, 0, 110};
      assertThat(f.ints("v", TWO)).hasSize(24);
      for (int i = 0; i < 24; i++) {
        assertThat(f.ints("v", TWO)[i]).as("%d", i).isEqualTo(first[i / 4] + i % 4);
      }
    }
  }

  @Test
  void framesShouldBeReadAlongEveryAxisAndFromEveryType() throws IOException {
    Path path = folder.resolve("frames.h5");
    Python.run(
        """
        import os
        f = h5py.File(sys.argv[1], 'w')
        rng = np.random.default_rng(3)
        v = rng.integers(0, 120, (9, 7, 5))
        v.astype('i4').tofile(os.path.dirname(sys.argv[1]) + '/v.bin')
        for t in 'u1', 'i2', '>u2', 'u4', '>i4', 'i8', 'f4', 'f8':
          for axis in 0, 1, 2:
            w = np.ascontiguousarray(np.moveaxis(v, 0, axis)).astype(t)
            name = t.replace('>', 'be_')
            f.create_dataset('%s_%d_plain' % (name, axis), data=w)
            c = [3, 4, 2]; c[axis] = 1
            f.create_dataset('%s_%d_one' % (name, axis), data=w, chunks=tuple(c))
            f.create_dataset('%s_%d_many' % (name, axis), data=w, chunks=(4, 3, 3), shuffle=True)
        f['marks'] = np.array([[0, 2**31, 2**32 - 1, 2**32 - 2, 2**31 - 1]], 'u4')
        f['floats'] = np.array([[0.5, 1.49, np.nan, -3.2, 1e30]])
        """,
        path);
    try (Hdf5File f = Hdf5File.open(path)) {
      int tried = 0;
      for (String name : f.members("/")) {
        if (name.matches(".*_\\d_.*")) {
          int axis = name.replaceAll(".*_(\\d)_.*", "$1").charAt(0) - '0';
          assertThat(frames(f.frames(name, axis))).as(name).isEqualTo(expected("v"));
          tried++;
        }
      }
      assertThat(tried).isEqualTo(72);
      assertThat(frames(f.frames("marks", 0)))
          .containsExactly(0, Integer.MAX_VALUE, Pixels.MASKED, Pixels.MASKED, Integer.MAX_VALUE);
      assertThat(frames(f.frames("floats", 0)))
          .containsExactly(1, 1, Pixels.MASKED, -3, Integer.MAX_VALUE);
      int[] steps = new int[5];
      f.frames("floats", 0).read(0, 3, steps);
      assertThat(steps).containsExactly(4, 12, Pixels.MASKED, -26, Integer.MAX_VALUE);
    }
  }

  @Test
  void bitshuffledChunksOfAFileShouldBeRead() throws IOException {
    int[] v = new java.util.Random(4).ints(3 * 70 * 61, 0, 900).toArray();
    ByteBuffer raw = ByteBuffer.allocate(2 * v.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int x : v) {
      raw.putShort((short) x);
    }
    for (int i = 0; i < 3; i++) {
      byte[] frame = new byte[2 * 70 * 61];
      raw.get(i * frame.length, frame);
      Files.write(folder.resolve("b" + i), NaiveFilters.bitshuffle(frame, 2, 4096, true));
      Files.write(folder.resolve("l" + i), NaiveFilters.lz4Filter(frame, 1000));
    }
    Path path = folder.resolve("packed.h5");
    Python.run(
        """
        import os
        d = os.path.dirname(sys.argv[1])
        f = h5py.File(sys.argv[1], 'w')
        for name, number, values in ('b', 32008, (0, 2, 2, 0, 2)), ('l', 32004, ()):
            p = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
            p.set_chunk((1, 70, 61)); p.set_filter(number, h5py.h5z.FLAG_OPTIONAL, values)
            s = h5py.h5d.create(f.id, name.encode(), h5py.h5t.STD_U16LE,
                h5py.h5s.create_simple((3, 70, 61)), p)
            for i in range(3):
                s.write_direct_chunk((i, 0, 0), open('%s/%s%d' % (d, name, i), 'rb').read())
        """,
        path);
    try (Hdf5File f = Hdf5File.open(path)) {
      assertThat(frames(f.frames("b", 0))).isEqualTo(v);
      assertThat(frames(f.frames("l", 0))).isEqualTo(v);
    }
  }

  @Test
  void aBlockOfTheUsersAndHugeAttributesShouldBeRead() throws IOException {
    Python.run(
        """
        for version in 'earliest', 'latest':
            for size in 0, 512, 2048:
                name = '%s/%s%d.h5' % (sys.argv[1], version, size)
                with h5py.File(name, 'w', libver=version, userblock_size=size) as f:
                    f['g/x'] = np.arange(12); f.create_dataset('z', data=np.arange(100), chunks=(7,))
                    if version == 'latest':
                        for i in range(3):
                            f['g/x'].attrs['note%d' % i] = np.arange(20000 + i, dtype='i4') + i
        """,
        folder);
    for (String version : List.of("earliest", "latest")) {
      for (int size : new int[] {0, 512, 2048}) {
        Path file = folder.resolve(version + size + ".h5");
        assertThat(Hdf5File.recognizes(file)).isTrue();
        try (Hdf5File f = Hdf5File.open(file)) {
          assertThat(f.doubles("/g/x", TWO)).hasSize(12).endsWith(11);
          assertThat(f.doubles("/z", TWO)).hasSize(100).endsWith(99);
          for (int i = 0; i < 3 && version.equals("latest"); i++) {
            assertThat(f.numberAttribute("/g/x", "note" + i))
                .hasSize(20000 + i)
                .endsWith(19999 + 2 * i);
          }
        }
      }
    }
  }
}
