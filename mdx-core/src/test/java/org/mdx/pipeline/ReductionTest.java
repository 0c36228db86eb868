package org.mdx.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mdx.Mdx;
import org.mdx.correct.CorrectOptions;
import org.mdx.crystal.CellTolerance;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Beam;
import org.mdx.geometry.Conventions;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Scan;
import org.mdx.image.BinnedImageSeries;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;
import org.mdx.image.PixelMask;
import org.mdx.integrate.Integration;
import org.mdx.map.ReciprocalMap;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.peaks.Peaks;
import org.mdx.scale.ScalingModel;
import org.mdx.scaling.ScalingOptions;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;
import org.mdx.table.EmptyResultException;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.TableCells;

/** The front door: sweep by sweep or stage by stage the same, and what is refused at once. */
class ReductionTest {
  private static ImageSeries a;
  private static ImageSeries b;
  private static ImageSeries blank;

  @BeforeAll
  static void simulate() {
    Simulation simulation = simulation(160, 150);
    a = simulation.sweeps().get(0).series();
    b = simulation.sweeps().get(1).series();
    blank = simulation.background().series();
  }

  private static Simulation simulation(int width, int height) {
    return Simulation.of(
        SimulationOptions.demo()
            .withDetector(SimulatedDetector.flat(width, height, 0.5, 60))
            .withFrames(24, 1, 0.1)
            .withBackground(6, 4, 0.4));
  }

  /** Frames that must not be read. */
  private static ImageSeries unread(ImageSeries images, Geometry geometry) {
    ImageSource source = images.source();
    return images
        .withGeometry(geometry)
        .withSource(
            new OtherPixels(source) {
              @Override
              public void read(int frame, int[][] into) throws IOException {
                throw new IOException("read frame " + frame);
              }
            });
  }

  @Test
  void sweepBySweepShouldGiveTheBitsOfStageByStage() {
    Sweeps sweeps = Mdx.sweeps(a, b).background(blank, k -> k.bins(6, 10, 10));
    List<String> told = new ArrayList<>();
    ReductionListener listener =
        new ReductionListener() {
          @Override
          public void begins(Step step) {
            told.add(step.toString());
          }

          @Override
          public void peaks(int sweep, Peaks peaks) {
            told.add("peaks " + sweep);
          }

          @Override
          public void integrated(int sweep, Integration integration) {
            told.add("integrated " + sweep);
          }
        };
    ReductionOptions options =
        ReductionOptions.standard().countThreshold(400).scale(o -> o.rounds(1));
    Reduction r = sweeps.reduce(options, listener);
    HKLTable staged =
        sweeps
            .findPeaks(p -> p.countThreshold(400))
            .integrate()
            .correct()
            .resolveAmbiguity()
            .scale(o -> o.rounds(1))
            .merge()
            .table();

    assertThat(r.table().h()).isEqualTo(staged.h());
    for (String name : staged.columnNames()) {
      assertThat(r.table().column(name)).as(name).isEqualTo(staged.column(name));
    }
    assertThat(staged.columnNames()).contains("group_1_intensity");
    assertThat(r.scaled().orElseThrow().models().get(0).terms()).hasSize(4);
    assertThat(told)
        .containsExactly(
            "background",
            "find peaks",
            "peaks 0",
            "mask peaks",
            "integrate",
            "integrated 0",
            "correct",
            "find peaks",
            "peaks 1",
            "mask peaks",
            "integrate",
            "integrated 1",
            "correct",
            "reindex",
            "scale",
            "merge");
    assertThat(r.toString()).contains("2 sweeps").doesNotContain("NaN", "null");
  }

  @Test
  void whatIsTypedAtThePromptShouldDoTheObvious() {
    Sweeps s = Mdx.sweeps(a, b);
    Corrected corrected = s.findPeaks(p -> p.countThreshold(400)).integrate().correct();
    MergedSweeps merged = corrected.merge();
    HKLTable table = merged.table();
    assertThat(table.intensity(3)).isEqualTo(table.column("intensity").toArray()[3]);
    assertThat(table.head(2).toString().lines().filter(l -> !l.isEmpty())).hasSize(5);
    assertThat(table.head(2).toString()).contains("intensity_error", "1/(s sr)");
    ReciprocalMap map = merged.map();
    double[] h = map.coordinates('h');
    assertThat(h[0]).isEqualTo(-h[h.length - 1]);
    assertThat(map.slice('l', 0).box().nl()).isEqualTo(1);
    // every voxel with data is in the map
    for (int i = 0; i < table.rows(); i++) {
      assertThat(map.value(table.h().value(i), table.k().value(i), table.l().value(i)))
          .isEqualTo((float) table.intensity(i));
    }
    assertThat(merged.crystal().cell()).isEqualTo(a.geometry().crystal().orElseThrow().cell());
    for (Object value : List.of(s, corrected, merged, table, map, a, a.geometry().detector())) {
      assertThat(value.toString()).doesNotContain("null", "NaN", "float[", "@");
    }
    assertThatThrownBy(() -> map.slice('x', 0)).hasMessageContaining("'x'");
    HKLTable plain =
        Mdx.sweeps(a, b)
            .conventions(Conventions.MDX2)
            .findPeaks(p -> p.countThreshold(400))
            .integrate()
            .correct()
            .merge()
            .table();
    assertThat(plain.columnNames()).doesNotContain("group_0_intensity");
  }

  @Test
  void aBackgroundOfAnotherDetectorShouldBeRefusedBeforeItIsRead() {
    ImageSeries small = simulation(60, 50).background().series();
    ImageSeries unread = unread(small, small.geometry());
    assertThatThrownBy(() -> Mdx.sweeps(a).background(unread))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("60 x 50")
        .hasMessageContaining("160 x 150");
    Geometry g = blank.geometry();
    Geometry far =
        new Geometry(
            g.beam(),
            new Detector(
                List.of(
                    simulation(160, 150)
                        .background()
                        .series()
                        .geometry()
                        .detector()
                        .panels()
                        .get(0)
                        .withOrigin(new Vec3(-40, 37.5, -80)))),
            g.goniometer(),
            g.scan(),
            null);
    assertThatThrownBy(() -> Mdx.sweeps(a).background(unread(blank, far)))
        .hasMessageContaining("the background's detector has panel")
        .hasMessageContaining("20.3 mm (more than 4.85) from that of");
  }

  @Test
  void backgroundOfAnotherWavelengthShouldBeRefused() {
    Geometry g = blank.geometry();
    Beam b = g.beam();
    Beam other =
        new Beam(
            b.probe(),
            1.1 * b.wavelength(),
            b.direction(),
            b.polarizationFraction(),
            b.polarizationNormal());
    Geometry wrong = new Geometry(other, g.detector(), g.goniometer(), g.scan(), null);
    assertThatThrownBy(() -> Mdx.sweeps(a).background(unread(blank, wrong)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the background's wavelength is");
  }

  @Test
  void exposuresKnownOnOneSideAloneShouldBeRefused() {
    Geometry g = a.geometry();
    Scan unknown = Scan.ofUnknownExposure(1, g.scan().start(), g.scan().width(), 24);
    ImageSeries images =
        a.withGeometry(
            new Geometry(
                g.beam(), g.detector(), g.goniometer(), unknown, g.crystal().orElseThrow()));
    assertThatThrownBy(() -> Mdx.sweeps(images).background(unread(blank, blank.geometry())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the exposure of this sweep is unknown")
        .hasMessageContaining("0.4 s");
    assertThat(Mdx.sweeps(images).toString()).contains("exposure unknown");
  }

  @Test
  void differentCrystalsShouldBeRefusedUnlessTolerated() {
    Crystal c = b.geometry().crystal().orElseThrow();
    Crystal larger = Crystal.ofRealSpaceAxes(c.a().inverse().times(1.2), c.spaceGroup());
    ImageSeries other = b.withGeometry(b.geometry().withCrystal(larger));
    assertThatThrownBy(() -> Mdx.sweeps(a, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("30.000")
        .hasMessageContaining("36.000");
    List<Sweep> both = List.of(Sweep.of(a), Sweep.of(other));
    assertThat(Mdx.sweeps(both, new CellTolerance(0.2, 2)).sweeps()).hasSize(2);
  }

  /** The crystal has I 21 3. */
  @Test
  void aLaueGroupThatTheIntensitiesDoNotHaveShouldBeTold() {
    Crystal c = a.geometry().crystal().orElseThrow();
    Crystal high = Crystal.ofRealSpaceAxes(c.a().inverse(), SpaceGroup.parse("I 4 3 2"));
    ImageSeries other = a.withGeometry(a.geometry().withCrystal(high));
    assertThat(Mdx.sweeps(other).reduce(ReductionOptions::withoutScaling).notes())
        .anySatisfy(n -> assertThat(n).contains("of 23 rotations of Laue group m-3m"));
    assertThat(Mdx.sweeps(a).reduce(ReductionOptions::withoutScaling).notes())
        .noneMatch(n -> n.contains("rotations"));
  }

  @Test
  void theSameSweepTwiceShouldBeRefused() {
    assertThatThrownBy(() -> Mdx.sweeps(a, b, a))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sweeps 0 and 2")
        .hasMessageContaining(a.source().describe(0));
    // another lattice in the same images is another measurement
    ImageSeries twin =
        a.withGeometry(a.geometry().withCrystal(b.geometry().crystal().orElseThrow()));
    assertThat(Mdx.sweeps(a, twin).sweeps()).hasSize(2);
  }

  @Test
  void aSubdivisionThatTheSymmetryCannotCarryShouldBeRefusedBeforeThePeakSearch() {
    ImageSeries images = unread(a, a.geometry());
    ImageSeries dark = unread(blank, blank.geometry());
    assertThatThrownBy(() -> Mdx.sweeps(images).background(dark).reduce(r -> r.subdivide(3, 3, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3,3,2")
        .hasMessageContaining("m-3");
  }

  @Test
  void modelsAndTablesOfOtherSweepsShouldBeRefused() {
    Corrected corrected =
        Mdx.sweeps(a, b).findPeaks(p -> p.countThreshold(400)).integrate().correct();
    Scaled scaled = corrected.scale(o -> ScalingOptions.defaults().rounds(1));
    List<ScalingModel> models = scaled.models();
    assertThat(corrected.scale(models).merge().table().rows()).isPositive();
    assertThatThrownBy(() -> corrected.scale(List.of(models.get(1), models.get(0))).merge())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("they belong to different sweeps");
    FineMaps.Input wrong = FineMaps.Input.of(Sweep.of(a)).model(models.get(1));
    assertThatThrownBy(
            () ->
                FineMaps.of(
                    List.of(wrong),
                    o -> o,
                    CorrectOptions.defaults(),
                    Parallel.of(1),
                    Progress.NONE))
        .hasMessageContaining("the scaling model was refined on");
    ScalingModel unmarked = models.get(1).withoutMark();
    assertThatThrownBy(() -> unmarked.apply(corrected.tables().get(0), Parallel.of(1)))
        .hasMessageContaining("observations of the table lie beyond");
  }

  @Test
  void aTableTwiceOrOfAnotherCrystalShouldBeRefused() {
    Corrected corrected =
        Mdx.sweeps(a, b).findPeaks(p -> p.countThreshold(400)).integrate().correct();
    HKLTable one = corrected.tables().get(0);
    HKLTable two = corrected.tables().get(1);
    Crystal crystal = corrected.crystal();
    UnitCell cell = TableCells.of(one).orElseThrow();
    assertThat(cell.a()).isCloseTo(30, within(0.01));
    assertThat(cell.beta()).isCloseTo(90, within(0.01));
    assertThatThrownBy(() -> Corrected.of(crystal, List.of(one, two, one)).merge())
        .hasMessageContaining("tables 0 and 2 hold the same");
    assertThatThrownBy(() -> Corrected.of(crystal, List.of(one, two, one)).scale())
        .hasMessageContaining("tables 0 and 2 hold the same");
    double[] s = two.column("s").toArray();
    float[] shorter = new float[s.length];
    for (int i = 0; i < s.length; i++) {
      shorter[i] = (float) (s[i] / 1.2);
    }
    HKLTable larger = two.with("s", FloatColumn.of(shorter));
    assertThatThrownBy(() -> Corrected.of(crystal, List.of(one, larger)).merge())
        .hasMessageContaining("36.00");
    assertThatThrownBy(() -> Corrected.of(crystal, List.of(one, larger)).scale())
        .hasMessageContaining("different crystals");
  }

  @Test
  void nothingUsableShouldBeRefused() {
    Sweeps s = Mdx.sweeps(a).parallel(Parallel.of(2));
    FoundPeaks found = s.findPeaks(p -> p.countThreshold(400));
    BitSet all = new BitSet();
    all.set(0, 160 * 150);
    ImageSeries dark =
        new ImageSeries(a.geometry(), a.source(), List.of(PixelMask.of(160, 150, all)));
    assertThatThrownBy(() -> Mdx.sweeps(dark).integrate())
        .isInstanceOf(EmptyResultException.class)
        .hasMessageContaining("24000 pixels in each of 24 frames not one counts");
    MergedSweeps merged = found.integrate().correct().merge();
    assertThatThrownBy(() -> merged.map(300, 301, 0, 1, 0, 1))
        .isInstanceOf(EmptyResultException.class)
        .hasMessageContaining("in h 300.0 to 301.0");
  }

  @Test
  void aWiderToleranceOfCellsShouldHoldUntilTheEnd() {
    UnitCell cell = new UnitCell(32.4, 32.4, 32.4, 90, 90, 90); // 8 % longer
    ImageSeries other =
        Simulation.of(
                SimulationOptions.demo()
                    .withCrystal(cell, a.geometry().crystal().orElseThrow().spaceGroup())
                    .withDetector(SimulatedDetector.flat(160, 150, 0.5, 60))
                    .withFrames(24, 1, 0.1))
            .sweeps()
            .get(1)
            .series();
    List<Sweep> both = List.of(Sweep.of(a), Sweep.of(other));
    assertThatThrownBy(() -> Mdx.sweeps(both)).hasMessageContaining("5.00 % of an axis");
    CellTolerance tolerance = CellTolerance.defaults().length(0.1);
    Reduction r =
        Mdx.sweeps(both, tolerance)
            .reduce(o -> o.countThreshold(400).reindex(false).scale(s -> s.rounds(1)));
    assertThat(r.table().rows()).isPositive();
    assertThat(r.scaled().orElseThrow().reintegrate(o -> o.limits(0, 2, 0, 2, 0, 0)).pixels())
        .isPositive();
    List<HKLTable> tables = r.corrected().tables();
    Parallel two = Parallel.of(2);
    assertThatThrownBy(() -> Corrected.of(r.crystal(), tables, two).merge())
        .hasMessageContaining("32.4");
    assertThatThrownBy(() -> Corrected.of(r.crystal(), tables, two).scale())
        .hasMessageContaining("32.4");
    assertThat(Corrected.of(r.crystal(), tables, tolerance, two).merge().table().rows())
        .isPositive();
  }

  @Test
  void ratesOfExposuresKnownOnOneSideAloneShouldBeRefused() {
    Geometry g = a.geometry();
    Scan unknown = Scan.ofUnknownExposure(1, g.scan().start(), g.scan().width(), 24);
    ImageSeries images =
        a.withGeometry(
            new Geometry(
                g.beam(), g.detector(), g.goniometer(), unknown, g.crystal().orElseThrow()));
    BinnedImageSeries rates =
        Mdx.sweeps(a).background(blank, k -> k.bins(6, 10, 10)).background().orElseThrow();
    assertThat(rates.exposureKnown()).contains(true);
    assertThatThrownBy(() -> Mdx.sweeps(images).background(rates))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the exposure of the sweep is unknown");
    FineMaps.Input input = FineMaps.Input.of(Sweep.of(images)).background(rates);
    assertThatThrownBy(
            () ->
                FineMaps.of(
                    List.of(input),
                    o -> o,
                    CorrectOptions.defaults(),
                    Parallel.of(1),
                    Progress.NONE))
        .hasMessageContaining("the exposure of the sweep is unknown");
    BinnedImageSeries unrecorded = new BinnedImageSeries(rates.panels());
    assertThat(Mdx.sweeps(images).background(unrecorded).background()).contains(unrecorded);
    assertThatThrownBy(() -> Mdx.sweeps(a).background(rates.withExposureKnown(false)))
        .hasMessageContaining("the exposure of the background is unknown")
        .hasMessageContaining("0.1 s");
  }
}
