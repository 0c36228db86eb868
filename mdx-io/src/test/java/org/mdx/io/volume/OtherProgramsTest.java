package org.mdx.io.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.io.ccp4.Ccp4;
import org.mdx.io.hdf5.Python;
import org.mdx.io.mtz.Mtz;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

/**
 * What other programs read in our files: gemmi, cctbx, h5py, NumPy and VTK. Each computes the
 * values of {@link Samples} from indices by itself. Tests are skipped where a program is not
 * installed.
 */
class OtherProgramsTest {
  /** The values of Samples over the box of its map, and the same with another value for NaN. */
  private static final String EXPECTED =
      """
      h, k, l = np.mgrid[-4:3, -2:3, -1:8]
      want = np.where((h + 2*k + 3*l) % 7 == 0, np.nan, 100*h + 10*k + l + 0.25)
      def same(v): return np.asarray(v).shape == (7, 5, 9) and np.array_equal(v, want, equal_nan=True)
      """;

  @TempDir Path folder;

  private Path written(String format, float missing) throws IOException {
    Path path = folder.resolve("map." + format);
    MapFormats.named(format).orElseThrow().write(path, Samples.map(), missing);
    return path;
  }

  /** What a program printed; skips the test if it cannot be started. */
  private static String run(Object... command) throws IOException {
    List<String> words = new ArrayList<>();
    for (Object c : command) {
      words.add(c.toString());
    }
    Process p;
    try {
      p = new ProcessBuilder(words).redirectErrorStream(true).start();
    } catch (IOException e) {
      Assumptions.abort("skipped: " + command[0] + " is not installed");
      return "";
    }
    p.getOutputStream().close();
    return new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static List<List<String>> rows(String text) {
    return text.lines()
        .filter(line -> line.matches("[-+0-9.naeE \t]+"))
        .map(line -> List.of(line.strip().split("\\s+")))
        .toList();
  }

  @Test
  void gemmiShouldReadOurMtz() throws IOException {
    UnitCell cell = new UnitCell(40, 40, 40, 90, 90, 90);
    Path path = folder.resolve("a.mtz");
    TableFile file =
        Samples.table(
            CrystalSymmetry.of(cell, SpaceGroup.ofHall("I 2b 2c 3")),
            new Subdivision(3, 3, 3),
            100);
    Mtz.write(path, file);
    String header = run("gemmi", "mtz", path);
    assertThat(header).containsPattern("cell +120 +120 +120 +90 +90 +90");
    assertThat(header).contains("Space Group: P 2 3").contains("Number of Reflections = 100");
    assertThat(header).containsPattern("IMEAN +J").containsPattern("SIGIMEAN +Q");
    List<List<String>> rows = rows(run("gemmi", "mtz", "--tsv", path));
    assertThat(rows).hasSize(100);
    for (int i = 0; i < 100; i++) {
      // rising order: H = i/20 − 3, K = i/5 % 4 − 1, L = i % 5
      List<String> r = rows.get(i);
      int h = i / 20 - 3;
      int k = i / 5 % 4 - 1;
      assertThat(r.subList(0, 3)).containsExactly("" + h, "" + k, "" + i % 5);
      Float wanted = Samples.value(h, k, i % 5);
      assertThat(Float.parseFloat(r.get(3).replace("nan", "NaN"))).isEqualTo(wanted);
      assertThat(Float.parseFloat(r.get(4))).isEqualTo((99 - i) / 8f, within(1e-4f));
    }
  }

  /** In settings that are not the standard ones the asymmetric unit depends on the centring. */
  @ParameterizedTest
  @ValueSource(
      strings = {"I 1 2 1", "A 1 2 1", "B 1 1 2", "P 1 1 21", "C 2 2 2", "F 2 2 2", "R 3:R", "I 4"})
  void gemmiShouldFindAllRowsInTheAsymmetricUnitOfTheWrittenGroup(String symbol)
      throws IOException {
    SpaceGroup group = SpaceGroup.parse(symbol);
    Subdivision n = new Subdivision(2, 2, 2);
    ReciprocalAsu unit = group.asu().subdivided(2, 2, 2);
    List<int[]> hkl = new ArrayList<>();
    for (int i = 0; i < 9 * 9 * 9; i++) {
      int[] v = {i / 81 - 4, i / 9 % 9 - 4, i % 9 - 4};
      if (unit.contains(v[0], v[1], v[2])) {
        hkl.add(v);
      }
    }
    IntColumn[] index = new IntColumn[3];
    for (int j = 0; j < 3; j++) {
      int at = j;
      index[j] = IntColumn.of(hkl.stream().mapToInt(v -> v[at]).toArray());
    }
    float[] number = new float[hkl.size()];
    for (int i = 0; i < number.length; i++) {
      number[i] = i;
    }
    HKLTable table =
        HKLTable.of(n, index[0], index[1], index[2]).with("intensity", FloatColumn.of(number));
    UnitCell cell =
        symbol.startsWith("R")
            ? new UnitCell(50, 50, 50, 80, 80, 80)
            : new UnitCell(50, 50, 50, 90, 90, 90);
    Path path = folder.resolve("a.mtz");
    Mtz.write(path, new TableFile(table, CrystalSymmetry.of(cell, group)));
    HKLTable back = TableFormats.read(path, CrystalSymmetry.NONE).table();
    assertThat(back.rows()).isEqualTo(table.rows());
    int[] rows = back.rowsIn(table);
    for (int i = 0; i < rows.length; i++) {
      assertThat(back.column("intensity").get(i)).isEqualTo(number[rows[i]]);
    }

    String out =
        run(
            Path.of("/usr/bin/python3").toFile().exists() ? "/usr/bin/python3" : "python3",
            "-c",
            """
            import gemmi, sys
            m = gemmi.read_mtz_file(sys.argv[1])
            asu = gemmi.ReciprocalAsu(m.spacegroup)
            rows = m.make_miller_array()
            print('outside', sum(not asu.is_in([int(i) for i in r]) for r in rows), len(rows))
            """,
            path);
    assumeThat(out).as("gemmi for Python is not installed").doesNotContain("No module named");
    assertThat(out.strip()).isEqualTo("outside 0 " + number.length);
  }

  @Test
  void gemmiShouldReadOurCcp4Map() throws IOException {
    Path path = folder.resolve("a.ccp4");
    UnitCell cell = new UnitCell(20, 25, 40, 90, 120, 90);
    MapFile file =
        new MapFile(Samples.map().map(), CrystalSymmetry.of(cell, SpaceGroup.ofNumber(3)));
    Ccp4.write(path, file, Float.NaN);
    String out = run("gemmi", "map", path);
    assertThat(out).containsPattern("columns, rows, sections: +7 +5 +9");
    assertThat(out).containsPattern("from: +-4 +-2 +-1");
    assertThat(out).contains("Fast, medium, slow axes: X Y Z");
    // 100 (7/3)/(20 sin 120°), 100 (5/2)/25, 100 (9/5)/(40 sin 120°)
    assertThat(out).containsPattern("Cell dimensions: 13.471\\d* +10 +5.196\\d* +90 +60 +90");
    assertThat(out).contains("Data includes NaNs: 45 of 315 points");
    // numpy: nanmin, nanmax of the values of Samples over the box
    assertThat(out).containsPattern("Minimum: +-420.75000 +-420.75000");
    assertThat(out).containsPattern("Maximum: +227.25000 +227.25000");
  }

  @Test
  void cctbxShouldReadOurCcp4MapVoxelByVoxel() throws IOException {
    Path path = written("ccp4", -99);
    String script =
        """
        import sys
        from iotbx import mrcfile
        m = mrcfile.map_reader(sys.argv[1])
        d = m.data
        assert d.origin() == (-4, -2, -1) and d.all() == (7, 5, 9), (d.origin(), d.all())
        for h in range(-4, 3):
          for k in range(-2, 3):
            for l in range(-1, 8):
              want = -99 if (h + 2*k + 3*l) % 7 == 0 else 100*h + 10*k + l + 0.25
              assert d[h, k, l] == want, (h, k, l, d[h, k, l])
        print('all the same')
        """;
    Path file = folder.resolve("check.py");
    Files.writeString(file, script);
    assertThat(run("cctbx.python", file, path)).contains("all the same");
  }

  @Test
  void numpyShouldReadOurArraysAndLattices() throws IOException {
    String out =
        Python.run(
            EXPECTED
                + """
                v = np.load(sys.argv[1]); print(same(v), v.dtype, v.flags.c_contiguous)
                b = open(sys.argv[2], 'rb').read()
                n = np.frombuffer(b[:12], '<u4'); e = np.frombuffer(b[12:36], '<f4')
                v = np.frombuffer(b[36:], '<f4').reshape(n[::-1]).T
                print(n.tolist(), same(np.where(v == -32768, np.nan, v)))
                edge = np.array([31.5, 42.25, 53.125]); ndiv = np.array([3, 2, 5])
                print(np.allclose(e[0::2]*edge*ndiv, [-4, -2, -1]), np.allclose(e[1::2]*edge*ndiv, [2, 2, 7]))
                b = open(sys.argv[3], 'rb').read(); h = np.frombuffer(b[:1024], '<i4')
                v = np.frombuffer(b[1024:], '<f4').reshape(h[2], h[1], h[0]).T
                print(same(v), h[4:10].tolist(), b[208:214], h[3])
                """,
            written("npy", Float.NaN),
            written("lat", Float.NaN),
            written("ccp4", Float.NaN));
    assertThat(out)
        .isEqualTo(
            """
            True float32 True
            [7, 5, 9] True
            True True
            True [-4, -2, -1, 7, 5, 9] b'MAP DD' 2""");
  }

  @Test
  void h5pyShouldReadOurHdf5Maps() throws IOException {
    Path yell = written("yell", Float.NaN);
    String out =
        Python.run(
            EXPECTED
                + """
                f = h5py.File(sys.argv[1]); e = f[f.attrs['default']]; d = e[e.attrs['default']]
                print(same(d[d.attrs['signal']][()]), d.attrs['axes'].tolist(), d.attrs['NX_class'])
                print(d['h'][:4].tolist(), d['l'][:3].tolist(), e['sample/unit_cell'][0].tolist())
                f = h5py.File(sys.argv[2]); w = h5py.File(sys.argv[3])['data'][()]
                v = f['data'][()]; print(f.attrs['filetype'], same(np.where(w > 0, v, np.nan)), np.isfinite(v).all())
                f = h5py.File(sys.argv[4]); print(f['format'].asstr()[()], same(f['data'][()]), f['is_direct'][()])
                print(f['lower_limits'][1:].tolist(), f['step_sizes'][1:].tolist(), f['unit_cell'][()].tolist())
                a, b, c, al, be, ga = f['unit_cell'][()]; r = np.cos(np.radians([al, be, ga]))
                g = [[a*a, a*b*r[2], a*c*r[1]], [a*b*r[2], b*b, b*c*r[0]], [a*c*r[1], b*c*r[0], c*c]]
                print(np.allclose(f['metric_tensor'][()], g), f['space_group_nr'][()].tolist())
                """,
            written("nxdata", Float.NaN),
            yell,
            folder.resolve("map.weights.h5"),
            written("meerkat", Float.NaN));
    assertThat(out)
        .isEqualTo(
            """
            True ['h', 'k', 'l'] NXdata
            [-1.3333333333333333, -1.0, -0.6666666666666666, -0.3333333333333333] [-0.2, 0.0, 0.2] [31.5, 42.25, 53.125, 83.0, 97.5, 104.0]
            Yell 1.0 True True
            Yell 1.0 True 0
            [-1.0, -0.2] [0.5, 0.2] [31.5, 42.25, 53.125, 83.0, 97.5, 104.0]
            True [1.0]""");
  }

  /** By VTK where it is installed, and by the format's definition where it is not. */
  @Test
  void vtkShouldReadOurImageData() throws IOException {
    String out =
        Python.run(
            EXPECTED
                + """
                try:
                  import vtk
                  from vtkmodules.util.numpy_support import vtk_to_numpy
                  r = vtk.vtkXMLImageDataReader(); r.SetFileName(sys.argv[1]); r.Update(); d = r.GetOutput()
                  v = vtk_to_numpy(d.GetPointData().GetScalars()); x = d.GetExtent(); s = d.GetSpacing()
                  r = vtk.vtkStructuredPointsReader(); r.SetFileName(sys.argv[2]); r.Update()
                  t = vtk_to_numpy(r.GetOutput().GetPointData().GetScalars())
                except ImportError:
                  import xml.etree.ElementTree as E
                  b = open(sys.argv[1], 'rb').read(); i = b.index(b'>\\n_') + 3
                  e = E.fromstring(b[:i-1] + b'</AppendedData></VTKFile>')
                  assert e.attrib['header_type'] == 'UInt64' and e.attrib['byte_order'] == 'LittleEndian'
                  assert e.find('.//DataArray').attrib['type'] == 'Float32'
                  x = [int(w) for w in e[0].attrib['WholeExtent'].split()]
                  s = [float(w) for w in e[0].attrib['Spacing'].split()]
                  n = int(np.frombuffer(b[i:i+8], '<u8')[0]); v = np.frombuffer(b[i+8:i+8+n], '<f4')
                  assert b[i+8+n:].split() == [b'</AppendedData>', b'</VTKFile>']
                  t = np.array(open(sys.argv[2]).read().split('default\\n')[1].split(), 'f4')
                print(same(v.reshape(9, 5, 7).T), list(x), np.allclose(s, [1/3, 1/2, 1/5]))
                print(same(np.where(t == -32768, np.nan, t).reshape(9, 5, 7).T))
                """,
            written("vti", Float.NaN),
            written("vtk", Float.NaN));
    assertThat(out).isEqualTo("True [-4, 2, -2, 2, -1, 7] True\nTrue");
  }
}
