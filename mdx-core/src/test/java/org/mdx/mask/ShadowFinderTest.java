package org.mdx.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.geometry.PixelRectangle;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;
import org.mdx.image.PixelMask;
import org.mdx.parallel.Parallel;
import org.mdx.sim.SimulatedSweep;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;

/** Against the shadow that the simulator casts: beamstop and arm, through which 2 % get. */
class ShadowFinderTest {
  private static final Parallel PARALLEL = Parallel.of(2);

  private static SimulatedSweep data() {
    return Simulation.of(SimulationOptions.demo().withFrames(30, 0.5, 0.1)).sweeps().get(0);
  }

  /** The sweep with gaps alone masked, or with a small square masked besides. */
  private static ImageSeries open(SimulatedSweep sweep) {
    List<PixelMask> none = new ArrayList<>();
    for (Panel p : sweep.geometry().detector().panels()) {
      none.add(PixelMask.none(p.width(), p.height()));
    }
    return new ImageSeries(sweep.geometry(), sweep, none);
  }

  /** Whether the simulator's shadow lies at a pixel: its mask has single dead pixels besides. */
  private static boolean isShadow(SimulatedSweep sweep, ImageSeries open, int x, int y) {
    PixelMask mask = sweep.mask(0);
    if (x < 1 || y < 1 || x >= mask.width() - 1 || y >= mask.height() - 1) {
      return false;
    }
    int beside = 0;
    for (int i = 0; i < 4; i++) {
      beside += mask.isMasked(x + (i - 1) % 2, y + (i - 2) % 2) ? 1 : 0;
    }
    return mask.isMasked(x, y) && !open.mask(0).isMasked(x, y) && beside >= 3;
  }

  private static void requireShadow(SimulatedSweep sweep) {
    ImageSeries open = open(sweep);
    FoundShadow found = ShadowFinder.find(open, PARALLEL);
    PixelMask mask = found.masks().get(0);
    int shadow = 0;
    int missed = 0;
    int far = 0;
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        if (isShadow(sweep, open, x, y)) {
          shadow++;
          missed += mask.isMasked(x, y) ? 0 : 1;
        } else if (mask.isMasked(x, y)) {
          far += isNear(sweep, open, x, y) ? 0 : 1;
        }
      }
    }
    assertThat(shadow).isGreaterThan(2000);
    assertThat(missed).isLessThan(shadow / 50);
    assertThat(far).isZero();
    assertThat(found.pixels()).isEqualTo(mask.count()).isLessThan(2 * shadow);
    assertThat(found.part()).isEqualTo((double) found.pixels() / found.counted());
    assertThat(found.light()).isLessThan(0.4);
  }

  private static boolean isNear(SimulatedSweep sweep, ImageSeries open, int x, int y) {
    for (int dy = -10; dy <= 10; dy++) {
      for (int dx = -10; dx <= 10; dx++) {
        if (isShadow(sweep, open, x + dx, y + dy)) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void findsBeamstopAndArmInASweepAndInItsBackground() {
    requireShadow(data());
    requireShadow(Simulation.of(SimulationOptions.demo()).background());
  }

  @Test
  void findsThemInWeakData() {
    requireShadow(
        Simulation.of(SimulationOptions.demo().withFrames(30, 0.5, 0.02)).sweeps().get(0));
  }

  @Test
  void findsNothingWhereAllOfItIsMasked() {
    FoundShadow found = ShadowFinder.find(data().series(), PARALLEL);
    assertThat(found.pixels()).isZero();
    assertThat(found.light()).isZero();
    assertThat(found.masks().get(0).count()).isZero();
  }

  @Test
  void findsNothingOnACameraWithoutBeamstop() {
    SimulatedSweep sweep = Simulation.of(SimulationOptions.microEd()).sweeps().get(0);
    assertThat(ShadowFinder.find(sweep.series(), PARALLEL).pixels()).isZero();
  }

  @Test
  void doesNotDependOnTheNumberOfThreads() {
    ImageSeries open = open(data());
    String one = ShadowFinder.find(open, Parallel.of(1)).toString();
    assertThat(ShadowFinder.find(open, Parallel.of(3))).hasToString(one);
    assertThat(one).matches("[0-9,]+ of [0-9,]+ pixels .[0-9.]+ %. get [0-9]+ % of what others.*");
  }

  /** The four quadrants as panels of their own: corners of two are near the beam, of one far. */
  @Test
  void panelsShouldTellTogetherWhatIsUsualAtAnAngle() {
    SimulatedSweep sweep = data();
    FoundShadow whole = ShadowFinder.find(open(sweep), PARALLEL);
    Quadrants source = new Quadrants(sweep);
    List<Panel> panels = source.quadrants();
    Geometry g = sweep.geometry();
    Geometry divided =
        new Geometry(
            g.beam(), new Detector(panels), g.goniometer(), g.scan(), g.crystal().orElseThrow());
    List<PixelMask> none = new ArrayList<>();
    panels.forEach(p -> none.add(PixelMask.none(p.width(), p.height())));
    FoundShadow found = ShadowFinder.find(new ImageSeries(divided, source, none), PARALLEL);
    assertThat(found.counted()).isEqualTo(whole.counted());
    int common = 0;
    for (int p = 0; p < 4; p++) {
      PixelMask mask = found.masks().get(p);
      for (int i = 0; i < mask.width() * mask.height(); i++) {
        int x = i % mask.width();
        int y = i / mask.width();
        boolean both =
            mask.isMasked(x, y)
                && whole.masks().get(0).isMasked(x + source.left(p), y + source.top(p));
        common += both ? 1 : 0;
      }
    }
    assertThat(common).isGreaterThan((int) (0.95 * whole.pixels()));
    assertThat(found.pixels()).isLessThan((long) (1.05 * whole.pixels()));
  }

  /** The frames of a sweep of one panel, cut into four. */
  private static final class Quadrants implements ImageSource {
    private final SimulatedSweep sweep;
    private final int[] cut;

    Quadrants(SimulatedSweep sweep) {
      this.sweep = sweep;
      cut = new int[] {sweep.width(0) / 16 * 4, sweep.height(0) / 8 * 4}; // beside the arm
    }

    int left(int p) {
      return p % 2 * cut[0];
    }

    int top(int p) {
      return p / 2 * cut[1];
    }

    List<Panel> quadrants() {
      Panel o = sweep.geometry().detector().panels().get(0);
      List<Panel> all = new ArrayList<>();
      for (int p = 0; p < 4; p++) {
        int left = left(p);
        int top = top(p);
        int right = left + width(p);
        int bottom = top + height(p);
        List<PixelRectangle> gaps =
            o.untrusted().stream()
                .map(
                    r ->
                        new PixelRectangle(
                            Math.min(Math.max(r.x0(), left), right) - left,
                            Math.min(Math.max(r.y0(), top), bottom) - top,
                            Math.min(Math.max(r.x1(), left), right) - left,
                            Math.min(Math.max(r.y1(), top), bottom) - top))
                .filter(r -> r.x1() > r.x0() && r.y1() > r.y0())
                .toList();
        all.add(
            new Panel(
                "quadrant " + p,
                o.origin()
                    .plus(o.fast().times(left * o.pixelWidth()))
                    .plus(o.slow().times(top * o.pixelHeight())),
                o.fast(),
                o.slow(),
                o.pixelWidth(),
                o.pixelHeight(),
                width(p),
                height(p),
                o.trustedMin(),
                o.trustedMax(),
                o.sensor(),
                o.gain(),
                o.pedestal(),
                gaps,
                0,
                0,
                0));
      }
      return all;
    }

    @Override
    public int frames() {
      return sweep.frames();
    }

    @Override
    public int panels() {
      return 4;
    }

    @Override
    public int width(int p) {
      return p % 2 == 0 ? cut[0] : sweep.width(0) - cut[0];
    }

    @Override
    public int height(int p) {
      return p / 2 == 0 ? cut[1] : sweep.height(0) - cut[1];
    }

    @Override
    public String describe(int frame) {
      return sweep.describe(frame);
    }

    @Override
    public void read(int frame, int[][] into) {
      int width = sweep.width(0);
      int[][] all = {new int[width * sweep.height(0)]};
      sweep.read(frame, all);
      for (int p = 0; p < 4; p++) {
        for (int y = 0; y < height(p); y++) {
          System.arraycopy(all[0], (top(p) + y) * width + left(p), into[p], y * width(p), width(p));
        }
      }
    }
  }
}
