package org.mdx.sim.bragg;

import java.util.ArrayList;
import java.util.List;
import org.mdx.geometry.CorrectionFactors;
import org.mdx.geometry.Corrections;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.math.Vec3;
import org.mdx.sim.PixelStates;

/** Makes spots and their truth from reflections that diffract. */
final class SpotFactory {
  /** Radius in σ of what a summation takes. */
  private static final double SUMMED = 3;

  private final Geometry geometry;
  private final List<PixelStates> states;
  private final List<BackgroundLevels> backgrounds;
  private final Intensities intensities;
  private final double readVariance;
  private final Corrections corrections;
  private final List<PanelAim> aims = new ArrayList<>();
  private final List<Spot> spots = new ArrayList<>();
  private final List<TrueSpot> truth = new ArrayList<>();

  SpotFactory(
      Geometry geometry,
      List<PixelStates> states,
      List<BackgroundLevels> backgrounds,
      Intensities intensities,
      double readNoise) {
    this.geometry = geometry;
    this.states = states;
    this.backgrounds = backgrounds;
    this.intensities = intensities;
    this.readVariance = readNoise * readNoise;
    this.corrections = Corrections.of(geometry);
    for (Panel p : geometry.detector().panels()) {
      aims.add(new PanelAim(p));
    }
  }

  /** Spots to paint, in order. */
  List<Spot> spots() {
    return spots;
  }

  /** What is true of those whose middle lies on a panel, in order. */
  List<TrueSpot> truth() {
    return truth;
  }

  /** Adds the spot of a reflection on every panel that it touches. */
  void add(Diffracted r, Lattice lattice, int number) {
    for (int p = 0; p < aims.size(); p++) {
      double[] at = aims.get(p).meet(r.s1());
      SpotShape shape = at == null ? null : shape(p, r, lattice);
      if (shape == null) {
        continue;
      }
      Panel panel = geometry.detector().panels().get(p);
      double margin = Spot.REACH * Math.sqrt(Math.max(shape.xx(), shape.yy()));
      if (at[0] > -margin
          && at[1] > -margin
          && at[0] < panel.width() + margin
          && at[1] < panel.height() + margin) {
        place(p, at, shape, r, lattice.share(), number);
      }
    }
  }

  /** Covariance of a spot from the places to which ±σ_b along e₁ and e₂ go. */
  private SpotShape shape(int p, Diffracted r, Lattice lattice) {
    Vec3 e1 = r.s1().cross(geometry.beam().s0()).unit();
    Vec3 e2 = r.s1().cross(e1).unit();
    double sigma = Math.toRadians(lattice.sigmaB());
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (Vec3 e : new Vec3[] {e1, e2}) {
      Vec3 step = e.times(r.s1().norm() * sigma);
      double[] plus = aims.get(p).meet(r.s1().plus(step));
      double[] minus = aims.get(p).meet(r.s1().minus(step));
      if (plus == null || minus == null) {
        return null;
      }
      double x = (plus[0] - minus[0]) / 2;
      double y = (plus[1] - minus[1]) / 2;
      xx += x * x;
      xy += x * y;
      yy += y * y;
    }
    double sigmaZ = lattice.sigmaM() / Math.abs(r.zeta() * geometry.scan().width());
    return new SpotShape(xx, xy, yy, sigmaZ * sigmaZ);
  }

  private void place(int p, double[] at, SpotShape shape, Diffracted r, double share, int number) {
    double s2 = r.s().dot(r.s());
    double frame = geometry.scan().position(r.phi());
    double x = frame / geometry.scan().frames();
    double intensity =
        intensities.strength() * share * r.relative() * Math.exp(-intensities.wilsonB() * s2 / 2);
    Vec3 s0 = geometry.beam().s0();
    double volume = geometry.goniometer().laboratoryAxis().dot(r.s1().cross(s0));
    double lorentz = s0.norm() * r.s1().norm() / Math.abs(volume);
    CorrectionFactors f = corrections.at(p, at[0], at[1]);
    double decay = Math.exp(-intensities.decay() * Math.min(1, Math.max(0, x)) * s2 / 2);
    double counts =
        intensity * lorentz * f.polarization() * f.attenuation() * f.efficiency() * decay;
    Spot spot = new Spot(p, at[0], at[1], frame, shape, counts);
    spots.add(spot);
    Panel panel = geometry.detector().panels().get(p);
    if (at[0] < 0 || at[1] < 0 || at[0] >= panel.width() || at[1] >= panel.height()) {
      return;
    }
    double partiality = spot.between(0, geometry.scan().frames());
    Seen seen = new Seen(spot, states.get(p), panel);
    double recorded = counts * partiality * seen.part;
    double background = backgrounds.get(p).mean((int) at[1] * panel.width() + (int) at[0]);
    double sigmaZ = Math.sqrt(shape.zz());
    double first = Math.max(0, Math.floor(frame - SUMMED * sigmaZ));
    double last = Math.min(geometry.scan().frames() - 1, Math.floor(frame + SUMMED * sigmaZ));
    double pixels = seen.pixels * Math.max(0, last - first + 1);
    truth.add(
        new TrueSpot(
            r.h(),
            r.k(),
            r.l(),
            number,
            p,
            at[0],
            at[1],
            frame,
            r.phi(),
            r.s1(),
            1 / Math.sqrt(s2),
            r.zeta(),
            r.zeta() < 0,
            intensity,
            lorentz,
            counts,
            partiality,
            recorded,
            background,
            recorded + pixels * (background + readVariance),
            shape));
  }

  /** What the good pixels see of a spot. */
  private static final class Seen {
    double part;
    int pixels;

    Seen(Spot spot, PixelStates states, Panel panel) {
      spot.forEachPixel(
          panel.width(),
          panel.height(),
          new double[spot.columns()],
          (ix, iy, fraction) -> {
            int i = iy * panel.width() + ix;
            if (states.state(i) == PixelStates.GOOD && !states.isShadowed(i)) {
              part += fraction;
              pixels += spot.distance2(ix, iy) <= SUMMED * SUMMED ? 1 : 0;
            }
          });
    }
  }
}
