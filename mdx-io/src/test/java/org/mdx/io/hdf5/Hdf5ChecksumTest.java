package org.mdx.io.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.io.MdxFormatException;
import org.mdx.io.Mutations;
import org.mdx.io.Trial;
import org.mdx.io.internal.hdf5.structure.Lookup3;
import org.mdx.parallel.Parallel;

/**
 * Damage that a file itself reveals: structures of HDF5 1.8 and later carry checksums, so that a
 * changed byte must lead to an exception and never to other pixels, as it does in the HDF5 library.
 */
class Hdf5ChecksumTest {
  private static final Parallel ONE = Parallel.of(1);

  /**
   * Every structure with a checksum; all pixels and the map of the virtual dataset have one too.
   */
  private static final String SCRIPT =
      """
      f = h5py.File(sys.argv[1], 'w', libver='latest')
      def put(name, shape, chunk, most, **options):
          n = int(np.prod(shape))
          v = ((np.arange(n) * 7919 % 65521 + 1) * 65536 + np.arange(n) % 65000 + 1).astype('i4')
          f.create_dataset(name, data=v.reshape(shape), chunks=chunk, maxshape=most,
              fletcher32=True, **options)
      N = None
      put('single', (9, 7), (9, 7), N)
      put('fixed', (8, 6), (2, 3), N, compression=4, shuffle=True)
      put('paged', (1100, 2), (1, 2), N)
      put('extensible', (300, 2), (1, 2), (N, 2))
      put('tree', (40, 9), (2, 3), (N, N))
      g = f.create_group('g')
      for i in range(120):
          g['a member of the group %d' % i] = f['single']
          g.attrs['an attribute %d' % i] = i
      layout = h5py.VirtualLayout((4, 6), 'i4')
      layout[:] = h5py.VirtualSource('.', 'fixed', (8, 6))[::2]
      f.create_virtual_dataset('virtual', layout)
      """;

  /** The structures by their signatures, and what messages call them. */
  private static final Map<String, String> STRUCTURES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("OHDR", "object header"),
              Map.entry("OCHK", "continued object header"),
              Map.entry("FRHP", "fractal heap"),
              Map.entry("FHIB", "indirect block of a fractal heap"),
              Map.entry("FHDB", "direct block of a fractal heap"),
              Map.entry("BTHD", "B-tree header"),
              Map.entry("BTIN", "B-tree node"),
              Map.entry("BTLF", "B-tree node"),
              Map.entry("FAHD", "fixed array"),
              Map.entry("FADB", "block of a fixed array"),
              Map.entry("EAHD", "extensible array"),
              Map.entry("EAIB", "index block of an extensible array"),
              Map.entry("EASB", "super block of an extensible array"),
              Map.entry("EADB", "block of an extensible array")));

  @TempDir Path folder;

  private Path path;
  private byte[] intact;
  private List<Object> content;

  @BeforeEach
  void makeFile() throws IOException {
    path = folder.resolve("checksums.h5");
    Python.run(SCRIPT, path);
    intact = Files.readAllBytes(path);
    content = content(path);
    assertThat(content).hasSizeGreaterThan(130);
  }

  /** Everything that is read: names, pixels, attributes. */
  private static List<Object> content(Path path) throws IOException {
    List<Object> all = new ArrayList<>();
    try (Hdf5File f = Hdf5File.open(path)) {
      for (String name : f.members("/")) {
        all.add(name);
        if (f.hasGroup(name)) {
          all.addAll(f.members(name));
          all.add(f.tree());
          for (int i = 0; i < 120; i++) {
            all.add(f.numberAttribute(name, "an attribute " + i)[0]);
          }
        } else {
          all.add(Arrays.toString(f.shape(name)));
          all.add(Arrays.toString(f.ints(name, ONE)));
        }
      }
    }
    return all;
  }

  private void change(int at) throws IOException {
    byte[] bad = intact.clone();
    bad[at] ^= 0x10;
    Files.write(path, bad);
  }

  private List<Integer> places(String signature) {
    byte[] s = signature.getBytes(StandardCharsets.US_ASCII);
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i + s.length < intact.length; i++) {
      if (Arrays.equals(intact, i, i + s.length, s, 0, s.length)) {
        all.add(i);
      }
    }
    return all;
  }

  private void requireRefused(int at, String structure, int from) throws IOException {
    change(at);
    assertThatThrownBy(() -> content(path))
        .as("%s, byte %d changed", structure, at)
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining(structure + " at byte " + from)
        .hasMessageContaining("expected the checksum ")
        .hasMessageContaining("found bytes with the checksum ");
  }

  @Test
  void changedStructuresShouldBeRefusedByTheirChecksums() throws IOException {
    for (Map.Entry<String, String> s : STRUCTURES.entrySet()) {
      List<Integer> places = places(s.getKey());
      assertThat(places).as(s.getKey()).isNotEmpty();
      int refused = 0;
      for (int from : places.subList(0, Math.min(6, places.size()))) {
        change(from + 15);
        try {
          // space that the library gave up keeps its old bytes
          assertThat(content(path)).as("%s at %d", s, from).isEqualTo(content);
        } catch (MdxFormatException e) {
          requireRefused(from + 15, s.getValue(), from);
          refused++;
        }
      }
      assertThat(refused).as(s.getKey()).isPositive();
    }
  }

  @Test
  void changedSuperblocksAndPagesShouldBeRefusedByTheirChecksums() throws IOException {
    requireRefused(11, "superblock", 0);
    requireRefused(44, "superblock", 0);
    int pages = places("FADB").stream().mapToInt(i -> i).max().getAsInt() + 14 + 1 + 4;
    int block = 0;
    for (int from : places("FADB")) {
      // the paged block has more than the 1024 addresses of its first page behind its own checksum
      boolean paged = Lookup3.hash(Arrays.copyOfRange(intact, from, from + 15)) == word(from + 15);
      block = paged ? from : block;
    }
    assertThat(block).isPositive().isLessThanOrEqualTo(pages);
    requireRefused(block + 19 + 40, "page of an array", block + 19);
  }

  private int word(int at) {
    return intact[at] & 0xff
        | (intact[at + 1] & 0xff) << 8
        | (intact[at + 2] & 0xff) << 16
        | intact[at + 3] << 24;
  }

  @Test
  void changedMapsAndPixelsShouldBeRefusedByTheirChecksums() throws IOException {
    int map = places("fixed").stream().filter(i -> intact[i - 2] == '.').findFirst().orElseThrow();
    change(map + 6 + 16 + 8);
    assertThatThrownBy(() -> content(path))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("map of a virtual dataset");
    // the first pixels of 'single': 0x00010001, 0x1ef00002
    int pixels = -1;
    for (int i = 0; pixels < 0; i++) {
      pixels = word(i) == 0x10001 && word(i + 4) == 0x1ef00002 ? i : -1;
    }
    change(pixels);
    assertThatThrownBy(() -> content(path))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("chunk at")
        .hasMessageContaining("Fletcher32 checksum");
  }

  /** Sums of 65535 are not the same as sums of 0, as the library has it. */
  @Test
  void chunksWhoseSumsAreDivisibleShouldBeRead() throws IOException {
    Path sums = folder.resolve("sums.h5");
    Python.run(
        """
        f = h5py.File(sys.argv[1], 'w')
        f.create_dataset('a', data=np.array([65535, 65535, 0], '>u2'), chunks=(3,), fletcher32=True)
        f.create_dataset('b', data=np.array([65534, 1, 65534], '>u2'), chunks=(3,), fletcher32=True)
        f.create_dataset('c', data=np.array([0, 0, 0], '>u2'), chunks=(3,), fletcher32=True)
        """,
        sums);
    try (Hdf5File f = Hdf5File.open(sums)) {
      assertThat(f.ints("a", ONE)).containsExactly(65535, 65535, 0);
      assertThat(f.ints("b", ONE)).containsExactly(65534, 1, 65534);
      assertThat(f.ints("c", ONE)).containsExactly(0, 0, 0);
    }
  }

  @Test
  void noDamageShouldLeadToOtherContent() throws IOException {
    Mutations m = Mutations.of(600, 21);
    List<List<Object>> read = new ArrayList<>();
    int refused =
        Trial.damage(
            path,
            m,
            64L << 20,
            () -> {
              read.clear();
              read.add(content(path));
              assertThat(read.get(0)).isEqualTo(content);
            });
    assertThat(refused).isBetween(m.cases() / 2, m.cases() - 1);
  }
}
