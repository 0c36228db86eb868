package org.mdx.bragg.integrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mdx.image.PixelMask;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.bragg.SweepKind;
import org.mdx.sim.bragg.TrueSpot;

/** Pixels that count without photons, that nobody masked, in the middle of reflections. */
class HotPixelsTest {
  private static final int HOT = 400;
  private static final int NEAR = 7;

  /**
   * Every fifth full spot that is not strong gets a hot pixel at its place; the rest stay as they
   * are.
   */
  private static boolean gets(TrueSweep s, TrueSpot spot) {
    int width = s.sweep.width(0);
    return spot.isFull()
        && spot.recorded() < 1000
        && ((int) spot.py() * width + (int) spot.px()) % 5 == 0;
  }

  private static TrueSweep withHotPixels(TrueSweep s) {
    int width = s.sweep.width(0);
    int[] hot =
        s.sweep.spots().stream()
            .filter(t -> gets(s, t))
            .mapToInt(t -> (int) t.py() * width + (int) t.px())
            .distinct()
            .toArray();
    assertThat(hot).hasSizeGreaterThan(50);
    return s.withSource(
        new TrueSweep.Kept(s.images.source()) {
          @Override
          public void read(int frame, int[][] into) throws IOException {
            super.read(frame, into);
            for (int i : hot) {
              // a fifth more or less from frame to frame
              into[0][i] += into[0][i] < 0 ? 0 : HOT + HOT / 5 * (frame % 3 - 1);
            }
          }
        });
  }

  private static Reflections integrate(TrueSweep s) {
    return Integrator.integrate(
            s.images, List.of(), s.strong, s.options(), Parallel.of(2), Progress.NONE)
        .reflections();
  }

  @Test
  void hotPixelsShouldNotBeTakenForTheReflection() {
    TrueSweep clean = TrueSweep.of(TrueSweep.cut(SweepKind.DEMO.options(1), 30));
    TrueSweep hot = withHotPixels(clean);
    Reflections r = integrate(hot);
    int judged = 0;
    int far = 0;
    for (TrueSweep.Pair p : hot.pairs(r, ReflectionFlag.INTEGRATED_PRF)) {
      if (!gets(hot, p.spot())) {
        continue;
      }
      judged++;
      double sigma = Math.sqrt(r.value(ReflectionKeys.INTENSITY_PRF_VARIANCE, p.row(), 0));
      double truth = p.spot().recorded();
      double error = r.value(ReflectionKeys.INTENSITY_PRF, p.row(), 0) - truth;
      far += Math.abs(error) > 5 * sigma + 0.05 * truth ? 1 : 0;
    }
    assertThat(judged).isGreaterThan(30);
    assertThat(far).as("fits of %s that are far off", judged).isLessThanOrEqualTo(judged / 20);
    for (TrueSweep.Pair p : hot.pairs(r, ReflectionFlag.INTEGRATED_SUM)) {
      double sigma = Math.sqrt(r.value(ReflectionKeys.INTENSITY_SUM_VARIANCE, p.row(), 0));
      double truth = p.spot().recorded();
      double error = r.value(ReflectionKeys.INTENSITY_SUM, p.row(), 0) - truth;
      far += gets(hot, p.spot()) && Math.abs(error) > 5 * sigma + 0.05 * truth ? 1 : 0;
    }
    assertThat(far).as("and sums").isLessThanOrEqualTo(judged / 20);
  }

  @Test
  void whatCountsOnAllOfManyImagesShouldBeToldBefore() {
    TrueSweep clean = TrueSweep.of(TrueSweep.cut(SweepKind.DEMO.options(1), 40));
    TrueSweep hot = withHotPixels(clean);
    assertThat(notes(clean)).noneMatch(n -> n.contains("count without photons"));
    assertThat(notes(hot)).anyMatch(n -> n.contains("count without photons"));
  }

  private static List<String> notes(TrueSweep s) {
    return Integrator.integrate(
            s.images, List.of(), s.strong, s.options(), Parallel.of(2), Progress.NONE)
        .notes();
  }

  /** Whether a gap, a dead or a hot pixel of the simulated detector is near. */
  private static boolean isNearMasked(TrueSweep s, TrueSpot spot) {
    PixelMask mask = s.sweep.mask(0);
    for (int y = (int) spot.py() - NEAR; y <= spot.py() + NEAR; y++) {
      for (int x = (int) spot.px() - NEAR; x <= spot.px() + NEAR; x++) {
        if (x < 0 || y < 0 || x >= mask.width() || y >= mask.height() || mask.isMasked(x, y)) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void reflectionsShouldNotBeTakenForHotPixels() {
    TrueSweep s = TrueSweep.of(TrueSweep.cut(SweepKind.DEMO.options(1), 30));
    Reflections r = integrate(s);
    assertThat(s.pairs(r, ReflectionFlag.FOREGROUND_INCLUDES_BAD_PIXELS)).isNotEmpty();
    for (TrueSweep.Pair p : s.pairs(r, ReflectionFlag.FOREGROUND_INCLUDES_BAD_PIXELS)) {
      assertThat(isNearMasked(s, p.spot())).as("%s", p.spot()).isTrue();
    }
  }
}
