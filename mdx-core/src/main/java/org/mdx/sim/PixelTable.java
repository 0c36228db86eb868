package org.mdx.sim;

import org.mdx.geometry.CorrectionFactors;
import org.mdx.geometry.Corrections;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.image.PixelMask;
import org.mdx.internal.kernel.Hash;
import org.mdx.math.Vec3;

/**
 * Values of the pixels of one panel that do not change from frame to frame: scattering vector,
 * response and state. Shared by all sweeps with the same beam and detector. Immutable.
 */
final class PixelTable {
  final int width;
  final int height;

  /** Scattering vectors at the pixels' centres, Å⁻¹. */
  final float[] sx;

  final float[] sy;
  final float[] sz;

  /** Ω·T·E·P·d, with the shadow of the beamstop. */
  final float[] response;

  final PixelStates states;
  final double sMax;
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
    states = PixelStates.of(geometry, index, detector, seed);
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
        if (states.isShadowed(i)) {
          r *= PixelStates.BEAMSTOP_TRANSMISSION;
        }
        response[i] = (float) r;
      }
    }
    sMax = Math.sqrt(s2Max);
  }

  /** d(ix, iy): steps between 64 × 64 pixel tiles and a wave, ±amplitude about one. */
  double detectorFactor(int ix, int iy) {
    double step = 2 * Hash.uniform(seed, ((long) (iy / 64) << 32) + ix / 64) - 1;
    double wave = Math.sin(ix / 55.0 + 1) * Math.cos(iy / 70.0);
    return 1 + amplitude * 0.5 * (step + wave);
  }

  /** Gaps, dead and hot pixels and the beamstop's shadow. */
  PixelMask mask() {
    return states.mask();
  }
}
