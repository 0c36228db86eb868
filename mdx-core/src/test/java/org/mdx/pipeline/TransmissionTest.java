package org.mdx.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mdx.Mdx;
import org.mdx.correct.CorrectOptions;
import org.mdx.correct.Corrector;
import org.mdx.geometry.Conventions;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Scan;
import org.mdx.image.BinnedImageSeries;
import org.mdx.image.ImageSeries;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;

/**
 * A background behind other attenuators than the sweep is subtracted as the sweep's beam made it.
 */
class TransmissionTest {
  private static ImageSeries open;
  private static ImageSeries half;
  private static BinnedImageSeries rates;

  @BeforeAll
  static void simulate() {
    Simulation simulation =
        Simulation.of(
            SimulationOptions.demo()
                .withDetector(SimulatedDetector.flat(120, 110, 0.6, 60))
                .withFrames(12, 1, 0.1)
                .withBackground(4, 4, 0.4));
    open = simulation.sweeps().get(0).series();
    half = behind(open, 0.5);
    BinnedImageSeries all =
        Mdx.sweeps(open)
            .background(simulation.background().series(), k -> k.bins(4, 10, 10))
            .background()
            .orElseThrow();
    assertThat(all.transmission()).isEmpty();
    rates = all.withTransmission(0.25);
  }

  private static ImageSeries behind(ImageSeries images, double part) {
    Geometry g = images.geometry();
    return images.withGeometry(g.withScan(g.scan().withTransmission(part)));
  }

  /** What rates come to in a beam of twice the strength. */
  private static BinnedImageSeries doubled() {
    BinnedImageSeries.Bins b = rates.panels().get(0);
    double[] r = b.rate();
    double[] v = b.variance().orElseThrow();
    for (int i = 0; i < r.length; i++) {
      r[i] *= 2;
      v[i] *= 4;
    }
    return new BinnedImageSeries(
            List.of(
                BinnedImageSeries.Bins.of(
                    b.phi().toArray(), b.iy().toArray(), b.ix().toArray(), r, v)))
        .withExposureKnown(true);
  }

  private static void requireSame(HKLTable table, HKLTable expected) {
    for (String name : expected.columnNames()) {
      assertThat(table.column(name)).as(name).isEqualTo(expected.column(name));
    }
  }

  private static HKLTable corrected(ImageSeries images, BinnedImageSeries background) {
    return Mdx.sweeps(images).background(background).integrate().correct().tables().get(0);
  }

  @Test
  void intensitiesShouldBeThoseOfABackgroundInTheSameBeam() {
    HKLTable expected = corrected(open, doubled());
    requireSame(corrected(half, rates), expected);
    assertThat(corrected(open, rates).column(ColumnNames.INTENSITY))
        .isNotEqualTo(expected.column(ColumnNames.INTENSITY));
    HKLTable counts = Mdx.sweeps(half).integrate().integrations().get(0).table();
    CorrectOptions options = ReductionOptions.standard().correction();
    requireSame(
        Corrector.correct(counts, half.geometry(), rates, options, Parallel.of(2)), expected);
  }

  @Test
  void aFineMapShouldSubtractTheSame() {
    HKLTable expected = fine(open, doubled());
    requireSame(fine(half, rates), expected);
    assertThat(fine(open, rates).column(ColumnNames.INTENSITY))
        .isNotEqualTo(expected.column(ColumnNames.INTENSITY));
  }

  private static HKLTable fine(ImageSeries images, BinnedImageSeries background) {
    return FineMaps.of(
            List.of(FineMaps.Input.of(Sweep.of(images)).background(background)),
            o -> o,
            CorrectOptions.defaults(),
            Parallel.of(2),
            Progress.NONE)
        .table();
  }

  @Test
  void reducingShouldTellOfIt() {
    assertThat(notes(half, rates))
        .anyMatch(
            n ->
                n.contains("0.5 of the beam")
                    && n.contains("0.25 at the background")
                    && n.contains("multiplied by 2"));
    assertThat(notes(open, rates))
        .anyMatch(n -> n.contains("0.25 of the beam") && n.contains("the sweep does not tell"));
    assertThat(notes(half, doubled()))
        .anyMatch(n -> n.contains("0.5 of the beam") && n.contains("the background does not tell"));
    assertThat(notes(behind(open, 0.25), rates)).noneMatch(n -> n.contains("attenuators"));
    assertThat(notes(open, rates.withTransmission(1))).noneMatch(n -> n.contains("attenuators"));
  }

  private static List<String> notes(ImageSeries images, BinnedImageSeries background) {
    List<String> told = new ArrayList<>();
    ReductionListener listener =
        new ReductionListener() {
          @Override
          public void attenuated(int sweep, String difference) {
            told.add("sweep " + sweep + ": " + difference);
          }
        };
    List<String> notes =
        Mdx.sweeps(images)
            .background(background)
            .reduce(ReductionOptions.standard().countThreshold(400).withoutScaling(), listener)
            .notes();
    assertThat(notes).containsAll(told);
    return told;
  }

  @Test
  void mdx2DoesNotRegardAttenuators() {
    assertThat(rates.inBeamOf(half.geometry().scan(), Conventions.MDX2)).isSameAs(rates);
    assertThat(
            rates
                .attenuation(half.geometry().scan().transmission(), Conventions.MDX2)
                .orElseThrow())
        .contains("as they are");
  }

  @Test
  void aScanShouldKeepItThroughItsParts() {
    Scan scan = half.geometry().scan();
    assertThat(scan.first(2).transmission()).hasValue(0.5);
    assertThat(scan.still(3).transmission()).hasValue(0.5);
    assertThat(scan).asString().contains("transmission 0.5");
    assertThat(open.geometry().scan()).asString().doesNotContain("transmission");
    // the geometry of an indexed list that does not tell it
    assertThat(half.withGeometry(open.geometry()).geometry().scan().transmission()).hasValue(0.5);
    assertThatThrownBy(() -> scan.withTransmission(0)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> rates.withTransmission(30)).hasMessageContaining("at most 1");
    assertThat(rates.inBeamOf(scan, Conventions.STANDARD).panels().get(0).rate(5, 20, 20))
        .isCloseTo(2 * rates.panels().get(0).rate(5, 20, 20), within(1e-12));
  }
}
