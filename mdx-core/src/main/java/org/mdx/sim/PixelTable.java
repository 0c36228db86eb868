package org.mdx.sim;

import java.util.BitSet;
import org.mdx.geometry.CorrectionFactors;
import org.mdx.geometry.Corrections;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.geometry.PixelRectangle;
import org.mdx.image.PixelMask;
import org.mdx.math.Vec3;

/**
 * Values of the pixels of one panel that do not change from frame to frame: scattering vector, response
 * and state. Shared by all sweeps with the same beam and detector. Immutable.
 */
final class PixelTable {
  /** The pixel counts photons. */
  static final byte GOOD = 0;

  /** The pixel lies between modules. */
  static final byte GAP = 1;

  /** The pixel does not count. */
  static final byte DEAD = 2;

  /** The pixel counts without photons. */
  static final byte HOT = 3;

  /** Part of the photons that the beamstop lets through. */
  private static final double BEAMSTOP_TRANSMISSION = 0.02;

  final int width;
  final int height;

  /** Scattering vectors at the pixels' centres, Å⁻¹. */
  final float[] sx;

  final float[] sy;
  final float[] sz;

  /** Ω·T·E·P·d, with the shadow of the beamstop. */
  final float[] response;

  final byte[] state;
  final double sMax;
  private final PixelMask mask;
  private final double amplitude;
  private final long seed;

  /**
   * The table of a panel.
   *
   * @param geometry beam and detector
   * @param index of the panel
   * @param detector its faults
   * @param amplitude of the detector factor d
   * @param seed of faults and detector factor
   */
  PixelTable(
      Geometry geometry, int index, SimulatedDetector detector, double amplitude, long seed) {
    Panel panel = geometry.detector().panels().get(index);
    this.amplitude = amplitude;
    this.seed = seed;
    width = panel.width();
    height = panel.height();
    int n = Math.multiplyExact(width, height);
    sx = new float[n];
    sy = new float[n];
    sz = new float[n];
    response = new float[n];
    state = new byte[n];
    BitSet masked = new BitSet();
    Corrections corrections = Corrections.of(geometry);
    double s2Max = 0;
    for (int iy = 0, i = 0; iy < height; iy++) {
      for (int ix = 0; ix < width; ix++, i++) {
        Vec3 s = geometry.scatteringVector(index, ix + 0.5, iy + 0.5);
        sx[i] = (float) s.x();
        sy[i] = (float) s.y();
        sz[i] = (float) s.z();
        s2Max = Math.max(s2Max, s.dot(s));
        CorrectionFactors f = corrections.at(index, ix + 0.5, iy + 0.5);
        double r =
            f.solidAngle()
                * f.attenuation()
                * f.efficiency()
                * f.polarization()
                * detectorFactor(ix, iy);
        if (isShadowed(geometry, panel.position(ix + 0.5, iy + 0.5), detector)) {
          r *= BEAMSTOP_TRANSMISSION;
          masked.set(i);
        }
        response[i] = (float) r;
      }
    }
    sMax = Math.sqrt(s2Max);
    for (PixelRectangle r : panel.untrusted()) {
      for (int iy = Math.max(0, r.y0()); iy < Math.min(height, r.y1()); iy++) {
        for (int ix = Math.max(0, r.x0()); ix < Math.min(width, r.x1()); ix++) {
          state[iy * width + ix] = GAP;
        }
      }
    }
    scatter(DEAD, detector.deadPixels(), Hash.key(seed, 1));
    scatter(HOT, detector.hotPixels(), Hash.key(seed, 2));
    for (int i = 0; i < n; i++) {
      if (state[i] != GOOD) {
        masked.set(i);
      }
    }
    mask = PixelMask.of(width, height, masked);
  }

  /** d(ix, iy): steps between 64 × 64 pixel tiles and a wave, ±amplitude about one. */
  double detectorFactor(int ix, int iy) {
    double step = 2 * Hash.uniform(seed, ((long) (iy / 64) << 32) + ix / 64) - 1;
    double wave = Math.sin(ix / 55.0 + 1) * Math.cos(iy / 70.0);
    return 1 + amplitude * 0.5 * (step + wave);
  }

  private static boolean isShadowed(Geometry geometry, Vec3 x, SimulatedDetector detector) {
    Vec3 beam = geometry.beam().direction().times(-1);
    Vec3 off = x.minus(beam.times(x.dot(beam)));
    boolean arm = off.y() < 0 && Math.abs(off.x()) < detector.armWidth() / 2;
    return off.norm() < detector.beamstopRadius() || (arm && detector.armWidth() > 0);
  }

  /** Gives a state to pixels drawn from those that are good; fewer if most are not. */
  private void scatter(byte kind, int count, long seed) {
    int found = 0;
    for (long i = 0; found < count && i < 20L * count; i++) {
      int pixel = (int) (Hash.uniform(seed, i) * state.length);
      if (state[pixel] == GOOD) {
        state[pixel] = kind;
        found++;
      }
    }
  }

  /** Gaps, dead and hot pixels and the beamstop's shadow. */
  PixelMask mask() {
    return mask;
  }
}
