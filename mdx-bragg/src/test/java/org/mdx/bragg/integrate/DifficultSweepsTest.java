package org.mdx.bragg.integrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.image.ImageSource;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.bragg.BraggOptions;
import org.mdx.sim.bragg.Camera;
import org.mdx.sim.bragg.Intensities;
import org.mdx.sim.bragg.Lattice;
import org.mdx.sim.bragg.SweepKind;
import org.mdx.sim.bragg.TrueSpot;

/** Cameras, blank stretches, overloads and lattices that overlap, against the simulator's truth. */
class DifficultSweepsTest {

  private static BraggOptions camera(double pedestal) {
    BraggOptions o = TrueSweep.cut(SweepKind.DEMO.options(1), 16);
    return o.withCamera(new Camera(Camera.Values.INT32, 5, pedestal, 0.8));
  }

  @Test
  void intensitiesOfCamerasShouldBeElectrons() {
    TrueSweep s = TrueSweep.of(camera(30));
    Reflections r = s.run().reflections();
    List<TrueSweep.Pair> full =
        s.pairs(r, ReflectionFlag.INTEGRATED_PRF).stream().filter(p -> p.spot().isFull()).toList();
    assertThat(full).hasSizeGreaterThan(300);
    double[] v = TrueSweep.partAndWidth(r, full);
    assertThat(v[0]).isBetween(0.98, 1.01);
    assertThat(v[1]).isBetween(0.9, 1.15);
  }

  /**
   * Headers of cameras do not tell the read noise; values are rounded, too. A camera of gain 1
   * without pedestal is told from a counter by values below 0, which are trusted.
   */
  @ParameterizedTest
  @CsvSource({"5, 30", "1, 0"})
  void readNoiseThatIsNotToldShouldBeMeasured(double gain, double pedestal) {
    Camera camera = new Camera(Camera.Values.INT32, gain, pedestal, 0.8);
    TrueSweep s = TrueSweep.of(TrueSweep.cut(SweepKind.DEMO.options(1), 16).withCamera(camera));
    Geometry g = s.images.geometry();
    Panel p = g.detector().panels().get(0);
    Panel untold = p.withResponse(p.gain(), p.pedestal(), 0, p.trustedMin(), p.trustedMax());
    Geometry header =
        new Geometry(
            g.beam(),
            new Detector(List.of(untold)),
            g.goniometer(),
            g.scan(),
            g.crystal().orElseThrow());
    Integrated found =
        Integrator.integrate(
            s.images.withGeometry(header), s.strong, s.options(), Parallel.of(2), Progress.NONE);
    String note = String.join(" ", found.notes());
    double noise = Double.parseDouble(note.replaceAll(".* it is ([0-9.]+) .*", "$1"));
    double rounding = 1 / (12 * gain * gain);
    assertThat(noise).isCloseTo(Math.sqrt(0.8 * 0.8 + rounding), withinPercentage(1));
    Reflections r = found.reflections();
    List<TrueSweep.Pair> full =
        s.pairs(r, ReflectionFlag.INTEGRATED_PRF).stream().filter(x -> x.spot().isFull()).toList();
    double[] v = TrueSweep.partAndWidth(r, full);
    assertThat(v[0]).isBetween(0.98, 1.01);
    assertThat(v[1]).isBetween(0.9, 1.15);
  }

  /** Without read noise a camera tells the number of electrons exactly. */
  @Test
  void gainAloneShouldNotMatter() {
    BraggOptions counter = TrueSweep.cut(SweepKind.DEMO.options(1), 16);
    Reflections counts = TrueSweep.of(counter).run().reflections();
    Reflections values =
        TrueSweep.of(counter.withCamera(new Camera(Camera.Values.INT32, 5, 30, 0)))
            .run()
            .reflections();
    for (int i = 0; i < counts.size(); i++) {
      double sigma =
          Math.sqrt(Math.max(1e-9, counts.value(ReflectionKeys.INTENSITY_PRF_VARIANCE, i, 0)));
      assertThat(values.value(ReflectionKeys.INTENSITY_PRF, i, 0))
          .isCloseTo(counts.value(ReflectionKeys.INTENSITY_PRF, i, 0), within(0.02 * sigma));
    }
  }

  @Test
  void intensitiesShouldNotDependOnThePedestal() {
    Reflections low = TrueSweep.of(camera(-20)).run().reflections();
    Reflections high = TrueSweep.of(camera(480)).run().reflections();
    assertThat(high.get(ReflectionKeys.FLAGS)).isEqualTo(low.get(ReflectionKeys.FLAGS));
    for (int i = 0; i < low.size(); i++) {
      double sigma =
          Math.sqrt(Math.max(1e-9, low.value(ReflectionKeys.INTENSITY_PRF_VARIANCE, i, 0)));
      assertThat(high.value(ReflectionKeys.INTENSITY_PRF, i, 0))
          .isCloseTo(low.value(ReflectionKeys.INTENSITY_PRF, i, 0), within(1e-3 * sigma + 1e-9));
      assertThat(high.value(ReflectionKeys.INTENSITY_SUM, i, 0))
          .isCloseTo(low.value(ReflectionKeys.INTENSITY_SUM, i, 0), within(1e-3 * sigma + 1e-9));
    }
  }

  @Test
  void aGeometryThatDoesNotExplainTheSpotsShouldBeToldOrRefused() {
    TrueSweep s = TrueSweep.of(TrueSweep.cut(SweepKind.DEMO.options(1), 16));
    String word = "lie where this geometry predicts them";
    assertThat(s.run().notes()).noneMatch(n -> n.contains(word));
    assertThat(s.run(List.of(), opposite(s.strong, 2)).notes()).anyMatch(n -> n.contains(word));
    Reflections hardly = opposite(s.strong, 4);
    assertThatThrownBy(() -> s.run(List.of(), hardly))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(word);
  }

  /** Some of each five spots with the opposite index. */
  private static Reflections opposite(Reflections spots, int ofFive) {
    int[] index = spots.get(ReflectionKeys.MILLER_INDEX).clone();
    for (int i = 0; i < index.length; i++) {
      index[i] *= i / 3 % 5 < ofFive ? -1 : 1;
    }
    return spots.with(ReflectionKeys.MILLER_INDEX, index);
  }

  /** Frames of which some come from another sweep. */
  private static ImageSource mixed(ImageSource usual, ImageSource other, int from, int to) {
    return new TrueSweep.Kept(usual) {
      @Override
      public void read(int frame, int[][] into) throws IOException {
        if (frame >= from && frame < to) {
          other.read(frame, into);
        } else {
          super.read(frame, into);
        }
      }
    };
  }

  @Test
  void reflectionsAtBlankStretchShouldBeIntegratedByTheirParts() {
    int from = 20;
    int to = 31;
    BraggOptions options = TrueSweep.cut(SweepKind.DEMO.options(1), 50);
    Intensities i = options.intensities();
    TrueSweep dark =
        TrueSweep.of(
            options.withIntensities(new Intensities(1e-6, i.wilsonB(), i.decay(), i.dMin())));
    TrueSweep s = TrueSweep.of(options);
    TrueSweep blanked = s.withSource(mixed(s.sweep, dark.sweep, from, to));
    double[] px = s.strong.get(ReflectionKeys.XYZOBS_PX);
    int[] bbox = new int[6 * s.strong.size()];
    for (int k = 0; k < s.strong.size(); k++) {
      bbox[6 * k + 4] = (int) px[3 * k + 2];
      bbox[6 * k + 5] = bbox[6 * k + 4] + 1;
    }
    Reflections seen =
        s.strong
            .with(ReflectionKeys.BBOX, bbox)
            .where(k -> px[3 * k + 2] < from || px[3 * k + 2] >= to);
    Integrated found = blanked.run(List.of(), seen);
    Reflections r = found.reflections();
    assertThat(found.notes()).anyMatch(n -> n.contains("images 21 to 31"));
    List<TrueSweep.Pair> parts =
        s.pairs(r, ReflectionFlag.INTEGRATED_PRF).stream()
            .filter(
                p ->
                    p.spot().isFull()
                        && p.spot().signalToNoise() > 5
                        && r.value(ReflectionKeys.PARTIALITY, p.row(), 0) > 0.3
                        && r.value(ReflectionKeys.PARTIALITY, p.row(), 0) < 0.98)
            .toList();
    assertThat(parts).hasSizeGreaterThan(20);
    double[] v = TrueSweep.partAndWidth(r, parts);
    assertThat(v[0]).isBetween(0.97, 1.03);
    assertThat(v[1]).isBetween(0.7, 1.4);
    for (int k = 0; k < r.size(); k++) {
      int z0 = r.integer(ReflectionKeys.BBOX, k, 4);
      int z1 = r.integer(ReflectionKeys.BBOX, k, 5);
      if (z0 < to && z1 > from) {
        assertThat(r.isSet(k, ReflectionFlag.DONT_INTEGRATE)).isTrue();
        assertThat(r.isSet(k, ReflectionFlag.INTEGRATED)).isFalse();
      }
    }
    long split =
        IntStream.range(1, r.size())
            .filter(
                k -> r.get(ReflectionKeys.PARTIAL_ID)[k] == r.get(ReflectionKeys.PARTIAL_ID)[k - 1])
            .count();
    assertThat(split).isGreaterThan(0);
  }

  /** Summing frames to slices loses nothing but the shape within a slice. */
  @Test
  void slicesShouldNotMatterToWideSpots() {
    BraggOptions fine = TrueSweep.cut(SweepKind.FINE_SLICES.options(1), 160);
    Lattice narrow = fine.lattices().get(0);
    Lattice wide = new Lattice(narrow.crystal(), 1, narrow.sigmaB(), 0.6);
    TrueSweep s = TrueSweep.of(fine.withLattices(List.of(wide)));
    IntegrateOptions o = s.options().withResolution(3);
    Reflections sliced = s.run(o).reflections();
    Reflections whole = s.run(o.withSlices(1000)).reflections();
    int compared = 0;
    for (int i = 0; i < sliced.size(); i++) {
      if (sliced.isSet(i, ReflectionFlag.INTEGRATED_PRF)
          && whole.isSet(i, ReflectionFlag.INTEGRATED_PRF)
          && whole.value(ReflectionKeys.PARTIALITY, i, 0) > 0.99) {
        double sigma = Math.sqrt(whole.value(ReflectionKeys.INTENSITY_PRF_VARIANCE, i, 0));
        assertThat(sliced.value(ReflectionKeys.INTENSITY_PRF, i, 0))
            .isCloseTo(whole.value(ReflectionKeys.INTENSITY_PRF, i, 0), within(0.3 * sigma));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(100);
  }

  /** 160 frames are 10 slices of 16; 14 slices of 11 would lose 6 of them. */
  @Test
  void slicesShouldNotLoseTheLastFramesOfTheScan() {
    BraggOptions fine = TrueSweep.cut(SweepKind.FINE_SLICES.options(1), 160);
    Lattice narrow = fine.lattices().get(0);
    Lattice wide = new Lattice(narrow.crystal(), 1, narrow.sigmaB(), 0.6);
    TrueSweep s = TrueSweep.of(fine.withLattices(List.of(wide)));
    IntegrateOptions o = s.options().withResolution(3);
    int[] sliced = s.run(o).reflections().get(ReflectionKeys.BBOX);
    int[] whole = s.run(o.withSlices(1000)).reflections().get(ReflectionKeys.BBOX);
    int all = 0;
    for (int i = 0; i < whole.length; i += 6) {
      int frames = whole[i + 5] - whole[i + 4];
      int covered = Math.min(sliced[i + 5], whole[i + 5]) - Math.max(sliced[i + 4], whole[i + 4]);
      assertThat(frames - covered).as("lost of %d", frames).isLessThanOrEqualTo(2);
      assertThat(covered).isGreaterThanOrEqualTo(frames == 160 ? 160 : 0);
      all += frames == 160 ? 1 : 0;
    }
    assertThat(all).isGreaterThan(10);
  }

  @Test
  void overloadsShouldBeFlaggedAndNotSummed() {
    TrueSweep s = TrueSweep.of(TrueSweep.cut(SweepKind.DEMO.options(1), 20));
    TrueSpot strongest =
        s.sweep.spots().stream()
            .filter(t -> t.isFull() && Math.abs(t.zeta()) > 0.5)
            .max((a, b) -> Double.compare(a.counts(), b.counts()))
            .orElseThrow();
    int pixel =
        (int) strongest.py() * s.images.source().width(strongest.panel()) + (int) strongest.px();
    ImageSource hot =
        new TrueSweep.Kept(s.sweep) {
          @Override
          public void read(int frame, int[][] into) throws IOException {
            super.read(frame, into);
            if (frame == (int) strongest.frame()) {
              into[strongest.panel()][pixel] = Integer.MAX_VALUE;
            }
          }
        };
    Reflections r = s.withSource(hot).run().reflections();
    TrueSweep.Pair p =
        s.pairs(r, ReflectionFlag.OVERLOADED).stream()
            .filter(q -> q.spot().equals(strongest))
            .findFirst()
            .orElseThrow();
    assertThat(r.isSet(p.row(), ReflectionFlag.INTEGRATED_SUM)).isFalse();
    assertThat(r.isSet(p.row(), ReflectionFlag.FAILED_DURING_SUMMATION)).isTrue();
    Reflections clean = s.run().reflections();
    assertThat(Arrays.stream(clean.get(ReflectionKeys.FLAGS)))
        .noneMatch(ReflectionFlag.OVERLOADED::isSet);
  }

  /** Spots of the first lattice whose foreground one of the second meets. */
  private static boolean isMet(TrueSpot s, List<TrueSpot> others) {
    double x = Math.sqrt(s.shape().xx() + s.shape().yy());
    double z = Math.sqrt(s.shape().zz());
    return others.stream()
        .anyMatch(
            o ->
                o.panel() == s.panel()
                    && Math.hypot(o.px() - s.px(), o.py() - s.py()) < 3 * x
                    && Math.abs(o.frame() - s.frame()) < 4 * z
                    && o.counts() > s.counts() / 3);
  }

  @Test
  void overlappingLatticesShouldBeFittedTogether() {
    TrueSweep s = TrueSweep.of(TrueSweep.cut(SweepKind.TWO_LATTICES.options(1), 60));
    Geometry second = s.sweep.trueGeometries().get(1);
    List<TrueSpot> others = s.sweep.spots().stream().filter(t -> t.lattice() == 1).toList();
    Reflections together = s.run(List.of(second), s.strong).reflections();
    Reflections apart = s.run().reflections();
    double[] with = ofMet(s, together, others);
    double[] without = ofMet(s, apart, others);
    assertThat(with[0]).isBetween(0.95, 1.05);
    assertThat(with[1]).isBetween(0.8, 1.3);
    // not knowing of the other lattice, one takes its counts for one's own
    assertThat(Math.abs(without[0] - 1)).isGreaterThan(2 * Math.abs(with[0] - 1));
    assertThat(without[1]).isGreaterThan(2 * with[1]);
  }

  private static double[] ofMet(TrueSweep s, Reflections r, List<TrueSpot> others) {
    List<TrueSweep.Pair> met =
        s.pairs(r, ReflectionFlag.INTEGRATED_PRF).stream()
            .filter(p -> p.spot().isFull() && isMet(p.spot(), others))
            .toList();
    assertThat(met).hasSizeGreaterThan(20);
    return TrueSweep.partAndWidth(r, met);
  }
}
