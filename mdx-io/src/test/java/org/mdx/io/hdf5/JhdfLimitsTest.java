package org.mdx.io.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.parallel.Parallel;

/**
 * Why files are not read through jHDF 0.13.0: what h5py wrote, as our reader reads it, and what
 * jHDF makes of it. A test that fails because jHDF is right tells that our part can go.
 */
class JhdfLimitsTest {
  private static final Parallel ONE = Parallel.of(1);

  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void namePath() {
    path = folder.resolve("a.h5");
  }

  private static int[] through(Path path, String dataset) {
    try (HdfFile f = new HdfFile(path)) {
      Object values = f.getDatasetByPath(dataset).getDataFlat();
      return values instanceof int[] ints ? ints : new int[0];
    }
  }

  private int[] expected(String dataset) throws IOException {
    try (Hdf5File f = Hdf5File.open(path)) {
      return f.ints(dataset, ONE);
    }
  }

  /** Frames of a detector that lost one: those behind it come from other places. */
  @Test
  void aFrameThatWasNeverWrittenMovesAllOthersInJhdf() throws IOException {
    Python.run(
        """
        f = h5py.File(sys.argv[1], 'w', libver='latest')
        d = f.create_dataset('grow', (8, 4, 5), 'i4', chunks=(1, 4, 5), maxshape=(None, 4, 5))
        for i in 0, 2, 3, 4, 5, 6, 7: d[i] = 100 * (i + 1) + np.arange(20).reshape(4, 5)
        """,
        path);
    int[] ours = expected("grow");
    for (int i = 0; i < ours.length; i++) {
      assertThat(ours[i]).isEqualTo(i / 20 == 1 ? 0 : 100 * (i / 20 + 1) + i % 20);
    }
    int[] theirs = through(path, "grow");
    assertThat(theirs).hasSameSizeAs(ours).isNotEqualTo(ours);
  }

  /** Chunks are counted by the present shape, and not by the one that the dataset may get. */
  @Test
  void datasetsThatMayGrowHaveOtherValuesInJhdf() throws IOException {
    Python.run(
        """
        f = h5py.File(sys.argv[1], 'w', libver='latest')
        d = f.create_dataset('grow', (4, 6), 'i4', chunks=(2, 2), maxshape=(4, 60))
        d[...] = np.arange(24).reshape(4, 6)
        """,
        path);
    int[] all = new int[24];
    Arrays.setAll(all, i -> i);
    assertThat(expected("grow")).isEqualTo(all);
    assertThat(readOrNull("grow")).isNotEqualTo(all);
  }

  private int[] readOrNull(String dataset) {
    try {
      return through(path, dataset);
    } catch (RuntimeException e) {
      return null;
    }
  }

  /** The reference to the type is taken for a type itself, and no error tells it. */
  @Test
  void numbersOfACommittedTypeAreNoNumbersInJhdf() throws IOException {
    Python.run(
        """
        f = h5py.File(sys.argv[1], 'w')
        f['type'] = np.dtype('i4')
        f.create_dataset('a', data=np.arange(3), dtype=f['type'])
        """,
        path);
    assertThat(expected("a")).containsExactly(0, 1, 2);
    try (HdfFile f = new HdfFile(path)) {
      assertThat(f.getDatasetByPath("a").getData()).isNotInstanceOf(int[].class);
    }
  }

  /** One member that cannot be read takes all others of its group with it. */
  @Test
  void membersBesideAVirtualDatasetCannotBeReadByJhdf() throws IOException {
    Python.run(
        """
        f = h5py.File(sys.argv[1], 'w')
        f['a'] = np.arange(3, dtype='i4')
        layout = h5py.VirtualLayout((3,), 'i4')
        layout[:] = h5py.VirtualSource('.', 'a', (3,))
        f.create_virtual_dataset('v', layout)
        """,
        path);
    assertThat(expected("a")).containsExactly(0, 1, 2);
    assertThat(expected("v")).containsExactly(0, 1, 2);
    assertThatThrownBy(() -> through(path, "a")).isInstanceOf(HdfException.class);
  }

  @Test
  void largeGroupsAndSeveralLargeAttributesCannotBeReadByJhdf() throws IOException {
    Python.run(
        """
        f = h5py.File(sys.argv[1], 'w', libver='latest')
        g = f.create_group('g')
        for i in range(20000): g['m%05d' % i] = h5py.SoftLink('/a')
        f['a'] = np.arange(3, dtype='i4')
        for i in range(2): f['a'].attrs['n%d' % i] = np.arange(20000)
        """,
        path);
    try (Hdf5File f = Hdf5File.open(path)) {
      assertThat(f.members("g")).hasSize(20_000);
      assertThat(f.numberAttribute("a", "n1")).hasSize(20_000);
    }
    try (HdfFile f = new HdfFile(path)) {
      assertThatThrownBy(() -> f.getByPath("g/m00007")).isInstanceOf(HdfException.class);
      assertThatThrownBy(() -> f.getByPath("a").getAttributes()).isInstanceOf(HdfException.class);
    }
  }

  /** Truth values and texts have a newer type there, and hide what lies beside them. */
  @Test
  void theLatestFormatOfTheCurrentLibraryIsRefusedByJhdf() throws IOException {
    Path latest = Path.of("src/test/resources/hdf5/latest.h5");
    try (Hdf5File f = Hdf5File.open(latest)) {
      assertThat(f.ints("a", ONE)).containsExactly(0, 1, 2, 3, 4);
      assertThat(f.ints("c", ONE)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
      assertThat(f.ints("e", ONE)).containsExactly(1, 0);
      assertThat(f.text("t")).isEqualTo("text");
      assertThat(f.numberAttribute("/", "x")).containsExactly(1.5);
    }
    assertThatThrownBy(() -> through(latest, "a"))
        .isInstanceOf(HdfException.class)
        .rootCause()
        .hasMessageContaining("datatype version '5'");
  }

  /** The checksum of the index of a growing dataset is not compared. */
  @Test
  void changedAddressesOfChunksAreNotNoticedByJhdf() throws IOException {
    Python.run(
        """
        f = h5py.File(sys.argv[1], 'w', libver='latest')
        d = f.create_dataset('grow', (3, 8), 'i4', chunks=(1, 8), maxshape=(None, 8))
        for i in range(3): d[i] = i
        """,
        path);
    byte[] file = Files.readAllBytes(path);
    int at = new String(file, StandardCharsets.ISO_8859_1).indexOf("EAIB");
    file[at + 14] += 32;
    Files.write(path, file);
    assertThatThrownBy(() -> expected("grow")).hasMessageContaining("checksum");
    assertThat(through(path, "grow")).hasSize(24);
  }
}
