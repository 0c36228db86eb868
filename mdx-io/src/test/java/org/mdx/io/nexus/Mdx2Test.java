package org.mdx.io.nexus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.CorrectionGrid;
import org.mdx.geometry.MillerIndexGrid;
import org.mdx.geometry.Scan;
import org.mdx.image.BinnedImageSeries;
import org.mdx.image.BinnedImageSeries.Bins;
import org.mdx.io.MdxFormatException;
import org.mdx.io.hdf5.Hdf5Dataset;
import org.mdx.io.hdf5.Hdf5Group;
import org.mdx.io.hdf5.Hdf5Writer;
import org.mdx.io.hdf5.Python;
import org.mdx.io.hdf5.element.Elements;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.map.ReciprocalMap;
import org.mdx.map.VoxelBox;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.PeakModel;
import org.mdx.peaks.PeakPositions;
import org.mdx.peaks.Peaks;
import org.mdx.table.DoubleColumn;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;
import org.mdx.table.TableCorrections;

class Mdx2Test {
  private static final PeakModel MODEL =
      new PeakModel(
          new Vec3(-0.029, -0.003, 0.1),
          Mat3.ofRowMajor(0.03, 0.05, 0, 0.01, -0.06, 0, 0, 0, 0.05));
  private static final Scan SCAN = new Scan(1, 10.5, 0.1, exposures(1200));

  @TempDir Path folder;

  private static double[] exposures(int n) {
    double[] t = new double[n];
    Arrays.fill(t, 0.1);
    return t;
  }

  private Path file() {
    return folder.resolve("file.nxs");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8191, 8192, 100_003})
  void tablesOfAnyLengthShouldComeBackAsTheyWere(int rows) throws IOException {
    HKLTable t = table(rows).with("n", IntColumn.of(new int[rows]));
    Mdx2.writeTable(file(), t);

    HKLTable back = Mdx2.readTable(file());

    assertThat(back.ndiv()).isEqualTo(t.ndiv());
    assertThat(back.h()).isEqualTo(t.h());
    assertThat(back.k()).isEqualTo(t.k());
    assertThat(back.l()).isEqualTo(t.l());
    assertThat(back.columnNames()).containsExactlyInAnyOrderElementsOf(t.columnNames());
    for (String name : t.columnNames()) {
      assertThat(back.column(name)).as(name).isEqualTo(t.column(name));
    }
  }

  @Test
  void whatATableWasCorrectedForShouldComeBack() throws IOException {
    TableCorrections corrections = new TableCorrections(true, false, true, true, "-3m");
    Mdx2.writeTable(file(), table(50).corrected(corrections));
    assertThat(Mdx2.readTable(file()).corrections()).contains(corrections);
    assertThat(Mdx2.readTable(file(), List.of("intensity")).corrections()).contains(corrections);
    Mdx2.writeTable(file(), table(50));
    assertThat(Mdx2.readTable(file()).corrections()).isEmpty();
  }

  @Test
  void columnsThatAreNotWantedShouldNotBeRead() throws IOException {
    HKLTable t = table(50);
    Mdx2.writeTable(file(), t);
    HKLTable some = Mdx2.readTable(file(), List.of("intensity", "panel"));
    assertThat(some.columnNames()).containsExactly("intensity");
    assertThat(some.column("intensity")).isEqualTo(t.column("intensity"));
    assertThat(some.l()).isEqualTo(t.l());
  }

  private static HKLTable table(int rows) {
    Random r = new Random(rows);
    float[] intensity = new float[rows];
    for (int i = 0; i < rows; i++) {
      intensity[i] = i % 9 == 4 ? Float.NaN : (float) r.nextGaussian();
    }
    return HKLTable.of(
            new Subdivision(3, 4, 1000),
            IntColumn.of(r.ints(rows, -300, 300).toArray()),
            IntColumn.of(r.ints(rows, -300, 300).toArray()),
            IntColumn.of(r.ints(rows, -100_000, 100_000).toArray()))
        .with("counts", IntColumn.of(r.ints(rows).toArray()))
        .with("intensity", FloatColumn.of(intensity))
        .with("exact", DoubleColumn.of(r.doubles(rows).toArray()));
  }

  @Test
  void mergedTablesShouldStoreIndicesThatMdx2FindsByEquality() throws IOException {
    HKLTable t =
        HKLTable.of(
                new Subdivision(3, 3, 3),
                IntColumn.of(-7, 2),
                IntColumn.of(1, 5),
                IntColumn.of(0, 8))
            .with("count", IntColumn.of(1, 2));
    Mdx2.writeTable(file(), t);
    assertThat(
            Python.run(
                """
                t = h5py.File(sys.argv[1])['entry/hkl_table']
                print(t['h'].dtype, t['h'][:].tolist() == (np.array([-7, 2]) / 3).tolist(),
                    t['ndiv'].dtype, t['count'].dtype, type(t.attrs['mdx2_class']).__name__)
                """,
                file()))
        .isEqualTo("float64 True int64 int32 str");
  }

  @Test
  void indicesThatAreNoMultiplesShouldBeNamed() throws IOException {
    Hdf5Group t = columns(new double[] {0, 1.5});
    write(t.add("ndiv", Hdf5Dataset.row(Elements.of(3L, 3L, 3L))));
    assertThatThrownBy(() -> Mdx2.readTable(file()))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining(
            "/entry/hkl_table/h: expected multiples of 1/3, as ndiv says, found 1.5 in row 1");
  }

  @Test
  void columnsOfOtherLengthsShouldBeNamed() throws IOException {
    write(columns(new double[] {0, 1}).add("op", Hdf5Dataset.row(Elements.of(1, 2, 3))));
    assertThatThrownBy(() -> Mdx2.readTable(file()))
        .hasMessageContaining(
            "/entry/hkl_table/op: expected a column of 2 rows, found the shape [3]");
  }

  @Test
  void subdivisionsOutOfRangeShouldBeNamed() throws IOException {
    write(columns(new double[] {0, 1}).add("ndiv", Hdf5Dataset.row(Elements.of(3L, 0L, 3L))));
    assertThatThrownBy(() -> Mdx2.readTable(file()))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("/entry/hkl_table/ndiv")
        .hasMessageContaining("3,0,3");
  }

  private static Hdf5Group columns(double[] h) {
    return new Hdf5Group()
        .add("h", Hdf5Dataset.row(Elements.of(h)))
        .add("k", Hdf5Dataset.row(Elements.of(h.clone())))
        .add("l", Hdf5Dataset.row(Elements.of(h.clone())));
  }

  private void write(Hdf5Group table) throws IOException {
    try (FileChannel out =
        FileChannel.open(file(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      Hdf5Writer.write(
          new Hdf5Group().add("entry", new Hdf5Group().add("hkl_table", table)),
          out,
          Parallel.of(1));
    }
  }

  @Test
  void otherStagesFilesShouldBeRefusedByWhatTheyHold() throws IOException {
    Mdx2.writeMask(file(), new BraggMask(MODEL, 3, 40, false, false));
    assertThatThrownBy(() -> Mdx2.readTable(file()))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("expected an object hkl_table, found objects [mask_model]")
        .hasMessageContaining("give the file of an integrated, corrected or merged table");
    assertThatThrownBy(() -> Mdx2.readMap(file())).hasMessageContaining("found none");
    assertThatThrownBy(() -> Mdx2.readGeometry(file())).hasMessageContaining("import-geometry");
    assertThatThrownBy(() -> Mdx2.readTable(folder.resolve("missing.nxs")))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(Mdx2.recognizes(file())).isTrue();
  }

  @Test
  void denseMasksShouldBeRefusedWithACure() {
    Path mask = ReferenceFilesTest.reference("split_0/mask.nxs");
    assertThatThrownBy(() -> Mdx2.readMask(mask))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("one truth value per pixel");
  }

  @Test
  void peaksShouldComeBackAsTheyWere() throws IOException {
    PeakPositions all =
        PeakPositions.of(
            new int[] {0, 3, 1199}, new int[] {0, 2, 1}, new int[] {5, 6, 7}, new int[] {9, 8, 0});
    PeakPositions none = PeakPositions.of(new int[0], new int[0], new int[0], new int[0]);
    Mdx2.writePeaks(file(), new Peaks(MODEL, all, none, 40), SCAN);

    Peaks back = Mdx2.readPeaks(file(), SCAN).toPeaks(-1);

    assertThat(back.model()).isEqualTo(MODEL).isEqualTo(Mdx2.readPeakModel(file()));
    assertThat(back.countThreshold()).isEqualTo(40);
    assertThat(back.outliers().size()).isZero();
    for (int i = 0; i < 3; i++) {
      assertThat(back.positions().frame(i)).isEqualTo(all.frame(i));
      assertThat(back.positions().panel(i)).isEqualTo(all.panel(i));
      assertThat(back.positions().iy(i)).isEqualTo(all.iy(i));
      assertThat(back.positions().ix(i)).isEqualTo(all.ix(i));
    }
    Scan other = new Scan(1, 10.52, 0.1, exposures(1200));
    assertThatThrownBy(() -> Mdx2.readPeaks(file(), other))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("observed_phi")
        .hasMessageContaining("the same sweep");
  }

  @Test
  void masksShouldComeBackAsTheyWere() throws IOException {
    for (BraggMask m :
        List.of(
            new BraggMask(MODEL, 3.25, 40, false, false), new BraggMask(MODEL, 0, 0, true, true))) {
      Mdx2.writeMask(file(), m);
      assertThat(Mdx2.readMask(file())).isEqualTo(m);
    }
    assertThat(Files.size(file())).isLessThan(12_000);
  }

  @Test
  void binnedImagesOfSeveralPanelsShouldComeBackAsTheyWere() throws IOException {
    double[] rate = {1, Double.NaN, 3, 4};
    Bins first =
        Bins.of(new double[] {1, 3}, new double[] {4}, new double[] {5, 15}, rate, rate.clone());
    Bins second =
        Bins.of(new double[] {2}, new double[] {4}, new double[] {5}, new double[1], null);
    BinnedImageSeries s = new BinnedImageSeries(List.of(first, second));
    Mdx2.writeBinned(file(), s);
    assertThat(Mdx2.readBinned(file())).isEqualTo(s);
  }

  @Test
  void mapsShouldComeBackAsTheyWere() throws IOException {
    Random r = new Random(1);
    for (VoxelBox box :
        List.of(
            new VoxelBox(-60, -20, 0, 61, 41, 20),
            new VoxelBox(5, 5, 5, 1, 1, 1),
            new VoxelBox(-3, 7, 2, 4, 1, 3))) {
      float[] v = new float[(int) box.voxels()];
      for (int i = 0; i < v.length; i++) {
        v[i] = i % 5 == 0 ? Float.NaN : (float) r.nextGaussian();
      }
      ReciprocalMap m = ReciprocalMap.of("intensity", new Subdivision(3, 7, 2), box, v);
      Mdx2.writeMap(file(), m);
      assertThat(Mdx2.readMap(file())).isEqualTo(m);
    }
  }

  @Test
  void mapsOfMdx2ShouldHaveTheSubdivisionThatTheirAxesShow() throws IOException {
    Python.run(
        """
        f = h5py.File(sys.argv[1], 'w')
        f.attrs['mdx2_version'] = '1.0.4'
        g = f.create_group('entry/intensity')
        g.attrs['signal'] = 'signal'
        g.attrs['axes'] = ['h', 'k', 'l']
        for a, n in zip('hkl', (3, 2, 1)):
            g[a] = np.arange(-2, 3) / n
        g['signal'] = np.arange(125.).reshape(5, 5, 5)
        """,
        file());
    ReciprocalMap m = Mdx2.readMap(file());
    assertThat(m.ndiv()).isEqualTo(new Subdivision(3, 2, 1));
    assertThat(m.box()).isEqualTo(new VoxelBox(-2, -2, -2, 5, 5, 5));
    assertThat(m.value(-2, 0, 2)).isEqualTo(14);
  }

  /** h5py sees the cell and the group; the map is read as before. */
  @Test
  void cellAndSpaceGroupShouldStandBesideAMap() throws IOException {
    ReciprocalMap m =
        ReciprocalMap.of(
            "intensity", new Subdivision(2, 1, 1), new VoxelBox(0, 0, 0, 2, 1, 1), 1, 2);
    CrystalSymmetry known =
        CrystalSymmetry.of(new UnitCell(30, 31.5, 32, 90, 95.25, 90), SpaceGroup.parse("P 1 21 1"));
    Mdx2.writeMap(file(), m, known);
    assertThat(Mdx2.readMap(file())).isEqualTo(m);
    assertThat(Mdx2.readMapSymmetry(file())).isEqualTo(known);
    assertThat(
            Python.run(
                """
                f = h5py.File(sys.argv[1])
                s = f['entry/sample']
                print(s.attrs['NX_class'], list(s['unit_cell'][:]), s['space_group'][()].decode())
                """,
                file()))
        .contains("NXsample", "31.5", "95.25", "P 1 21 1");
    Mdx2.writeMap(file(), m);
    assertThat(Mdx2.readMapSymmetry(file())).isEqualTo(CrystalSymmetry.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"P 1", "P 21 21 21", "R 3 :H", "R 3 :R", "C 1 2 1", "P 61 2 2", "F d -3 m :1"})
  void geometriesShouldComeBackAsTheyWere(String symbol) throws IOException {
    double[] iy = {-0.5, 9.5, 19.5};
    double[] ix = {-0.5, 4.5};
    double[] six = {1, 2, 3, 4, 5, 6};
    double[] twelve = new Random(2).doubles(12).toArray();
    UnitCell cell =
        switch (symbol) {
          case "P 1" -> new UnitCell(30, 31, 32, 80, 95, 110);
          case "C 1 2 1" -> new UnitCell(30, 31, 32, 90, 95, 90);
          case "R 3 :H", "P 61 2 2" -> new UnitCell(30, 30, 32, 90, 90, 120);
          case "R 3 :R" -> new UnitCell(30, 30, 30, 80, 80, 80);
          case "F d -3 m :1" -> new UnitCell(30, 30, 30, 90, 90, 90);
          default -> new UnitCell(30, 31, 32, 90, 90, 90);
        };
    Mat3 u = Mat3.rotation(new Vec3(1, 2, 3), 40);
    MdxGeometryFile g =
        new MdxGeometryFile(
            cell,
            SpaceGroup.parse(symbol),
            u,
            u.times(cell.reciprocal()),
            Optional.of(CorrectionGrid.of(iy, ix, six, six, six, six, six, six)),
            Optional.of(MillerIndexGrid.of(new double[] {0, 1}, iy, ix, twelve, twelve, twelve)));
    Mdx2.writeGeometry(file(), g);

    MdxGeometryFile back = Mdx2.readGeometry(file());

    assertThat(back.cell()).isEqualTo(g.cell());
    assertThat(back.spaceGroup()).isEqualTo(g.spaceGroup());
    assertThat(back.spaceGroup().hermannMauguin()).isEqualTo(symbol);
    assertThat(back.orientation()).isEqualTo(g.orientation());
    assertThat(back.ub()).isEqualTo(g.ub());
    assertThat(back.crystal().a().m11()).isCloseTo(g.ub().m11(), within(1e-12));
    assertThat(back.millerIndex().orElseThrow().l()).isEqualTo(twelve);
    assertThat(back.corrections().orElseThrow().values(CorrectionGrid.Quantity.D3S)).isEqualTo(six);
  }

  @Test
  void nothingShouldBeLeftBehindWhenWritingFails() throws IOException {
    HKLTable t = table(100);
    assertThatThrownBy(() -> Mdx2.writeTable(folder.resolve("no/such/folder.nxs"), t))
        .isInstanceOf(IOException.class);
    Mdx2.writeTable(file(), t);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file());
    }
  }

  @Test
  void treeShouldShowWhatAFileHolds() throws IOException {
    Mdx2.writeMask(file(), new BraggMask(MODEL, 3, 40, false, false));
    assertThat(Mdx2.tree(file()))
        .startsWith("root:NXroot\n  @mdx2_version = '1.0.4'")
        .contains("    mask_model:NXgroup\n")
        .contains("      @mdx2_class = 'BraggMask'\n")
        .contains("      count_threshold = 40\n")
        .contains("      sigma_cutoff = 3.0");
  }
}
