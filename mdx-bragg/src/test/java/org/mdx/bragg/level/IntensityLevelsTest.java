package org.mdx.bragg.level;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.mdx.bragg.internal.intensity.SimulatedCrystal;
import org.mdx.bragg.internal.intensity.SimulatedCrystal.Measuring;
import org.mdx.bragg.internal.intensity.SimulatedCrystal.Sweep;
import org.mdx.bragg.scale.ScaleOptions;
import org.mdx.bragg.scale.Scaled;
import org.mdx.bragg.scale.Scaler;
import org.mdx.bragg.symmetry.FoundSymmetry;
import org.mdx.bragg.symmetry.SymmetryFinder;
import org.mdx.bragg.symmetry.SymmetryOptions;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

final class IntensityLevelsTest {
  private static final int IMAGES = 90;
  private static final DoubleUnaryOperator HALF = x -> x < 0.5 ? 1 : 0.2;
  private static final DoubleUnaryOperator TENTH = x -> (int) (IMAGES * x) % 10 == 9 ? 0.2 : 1;

  private static Sweep sweep(String told, DoubleUnaryOperator scale, long seed) {
    UnitCell cell = new UnitCell(22, 27, 31, 90, 104, 90);
    Measuring m = new Measuring().scan(0, 90, IMAGES).scales(scale, x -> 0).errors(1, 10, 0.03);
    Sweep s =
        new SimulatedCrystal("P 1 21 1", cell, 1.8, seed)
            .measure(m, 0, ChangeOfBasis.IDENTITY, SpaceGroup.parse(told), seed);
    return new Sweep(s.geometry(), withBackground(s.reflections(), scale, seed), s.trueScale());
  }

  /** Boxes of one image with a background that follows the beam. */
  private static Reflections withBackground(Reflections r, DoubleUnaryOperator scale, long seed) {
    Random random = new Random(seed);
    int[] box = new int[6 * r.size()];
    double[] background = new double[r.size()];
    for (int i = 0; i < r.size(); i++) {
      int f = (int) Math.floor(r.value(ReflectionKeys.XYZCAL_PX, i, 2));
      box[6 * i + 4] = f;
      box[6 * i + 5] = f + 1;
      background[i] =
          5 * scale.applyAsDouble((f + 0.5) / IMAGES) * (1 + 0.1 * random.nextGaussian());
    }
    return r.with(ReflectionKeys.BBOX, box).with(ReflectionKeys.BACKGROUND_MEAN, background);
  }

  private static FoundSymmetry symmetry(DoubleUnaryOperator scale, long seed) {
    Sweep s = sweep("P 1", scale, seed);
    return SymmetryFinder.find(List.of(s.geometry()), s.reflections(), SymmetryOptions.defaults());
  }

  @Test
  void symmetryShouldBeFoundAcrossAnAbruptChangeOfTheBeam() {
    for (int seed = 1; seed <= 6; seed++) {
      FoundSymmetry found = symmetry(HALF, seed);
      assertThat(found.laueGroup().group().laueGroup().symbol()).isEqualTo("2/m");
      assertThat(found.laueGroup().likelihood()).isGreaterThan(0.95);
      assertThat(found.notes()).anyMatch(n -> n.startsWith("images 46 to 90 have 0."));
    }
  }

  @Test
  void everyTenthImageShouldBeTold() {
    FoundSymmetry found = symmetry(TENTH, 3);
    assertThat(found.laueGroup().group().laueGroup().symbol()).isEqualTo("2/m");
    assertThat(found.notes()).anyMatch(n -> n.startsWith("9 images (10, 20, 30, 40, 50, 60, …)"));
  }

  @Test
  void aSmoothDecayShouldNotBeTold() {
    for (int seed = 1; seed <= 6; seed++) {
      assertThat(symmetry(x -> Math.exp(-1.5 * x), seed).notes())
          .noneMatch(n -> n.contains("of the others"));
    }
  }

  @Test
  void scalesShouldFollowAnAbruptChange() {
    for (DoubleUnaryOperator scale : List.of(HALF, TENTH)) {
      Sweep s = sweep("P 1 21 1", scale, 3);
      Scaled scaled = Scaler.scale(List.of(s.geometry()), s.reflections(), ScaleOptions.defaults());
      Reflections r = scaled.reflections();
      double sum = 0;
      double squares = 0;
      int n = 0;
      for (int i = 0; i < r.size(); i++) {
        if (r.isSet(i, ReflectionFlag.SCALED)) {
          double d =
              Math.log(r.value(ReflectionKeys.INVERSE_SCALE_FACTOR, i, 0) / s.trueScale()[i]);
          sum += d;
          squares += d * d;
          n++;
        }
      }
      double spread = Math.sqrt(squares / n - sum * sum / n / n);
      assertThat(spread).isLessThan(0.08);
      assertThat(scaled.notes()).anyMatch(t -> t.contains("of the intensity of the others"));
    }
  }
}
