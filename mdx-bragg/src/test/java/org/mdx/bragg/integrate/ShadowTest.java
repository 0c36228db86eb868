package org.mdx.bragg.integrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.bragg.SweepKind;
import org.mdx.sim.bragg.TrueSpot;

/** Arms as of beamstops, which no mask leaves out and through which one photon of 50 comes. */
class ShadowTest {
  private static final int WIDTH = 9;
  private static final int FROM_ARM_TO_ARM = 60;
  private static TrueSweep clean;
  private static TrueSweep shadowed;
  private static Integrated found;

  @BeforeAll
  static void integrate() {
    clean = TrueSweep.of(TrueSweep.cut(SweepKind.DEMO.options(2), 30));
    int width = clean.sweep.width(0);
    shadowed =
        clean.withSource(
            new TrueSweep.Kept(clean.images.source()) {
              @Override
              public void read(int frame, int[][] into) throws IOException {
                super.read(frame, into);
                for (int i = 0; i < into[0].length; i++) {
                  if (isBehind(i % width, i / width)) {
                    into[0][i] = Math.max(into[0][i] / 50, Math.min(0, into[0][i]));
                  }
                }
              }
            });
    found = shadowed.run();
  }

  private static boolean isBehind(double x, double y) {
    return x % FROM_ARM_TO_ARM < WIDTH && y > clean.sweep.height(0) / 2;
  }

  /** What lies at an edge is half there. */
  private static boolean isMidway(TrueSpot s) {
    return Math.abs(s.px() % FROM_ARM_TO_ARM - WIDTH / 2.0) < WIDTH / 4.0
        && isBehind(s.px(), s.py() - WIDTH);
  }

  @Test
  void whatLiesInAShadowShouldNotBeIntegrated() {
    int judged = 0;
    int wrong = 0;
    Reflections r = found.reflections();
    for (TrueSweep.Pair p : shadowed.pairs(r, ReflectionFlag.PREDICTED)) {
      TrueSpot s = p.spot();
      if (!isMidway(s) || !s.isFull() || s.signalToNoise() < 10) {
        continue;
      }
      judged++;
      boolean measured = r.isSet(p.row(), ReflectionFlag.INTEGRATED_PRF);
      double value = r.value(ReflectionKeys.INTENSITY_PRF, p.row(), 0);
      double sigma = Math.sqrt(r.value(ReflectionKeys.INTENSITY_PRF_VARIANCE, p.row(), 0));
      wrong += measured && value + 5 * sigma < 0.7 * s.recorded() ? 1 : 0;
      if (!measured) {
        assertThat(value).isZero();
        assertThat(r.isSet(p.row(), ReflectionFlag.FOREGROUND_INCLUDES_BAD_PIXELS)).isTrue();
      }
    }
    assertThat(judged).isGreaterThan(10);
    assertThat(wrong).as("of %s integrated and much too weak", judged).isLessThan(judged / 3);
    assertThat(found.notes()).anyMatch(n -> n.contains("lie in a shadow that no mask leaves out"));
  }

  @Test
  void whatLiesInTheLightShouldStay() {
    assertThat(clean.run().notes()).noneMatch(n -> n.contains("shadow"));
  }
}
