package org.mdx.sim;

import org.mdx.crystal.UnitCell;

/**
 * The sums over lattice points of a {@link DiffuseModel}, cloud and halo, from tables of heights on
 * a dense grid of lattice points. Immutable.
 */
final class NodeField {
  private static final int MAX_POINTS = 200_000_000;

  private final double sMax;
  private final int hMax;
  private final int kMax;
  private final int lMax;
  private final int strideK;
  private final int strideH;
  private final float[] clouds;
  private final float[] halos;
  private final NearbyPoints cloudStencil;
  private final NearbyPoints haloStencil;
  private final double inverseW2;

  /**
   * Tables for points with |s| up to sMax.
   *
   * @throws IllegalArgumentException if they would be too large
   */
  NodeField(DiffuseModel model, double sMax) {
    this.sMax = sMax;
    ModelParameters p = model.parameters();
    UnitCell cell = model.cell();
    double radius = Math.max(p.cloudRadius(), p.haloRadius());
    int[] reach = {reach(radius * cell.a()), reach(radius * cell.b()), reach(radius * cell.c())};
    hMax = (int) Math.ceil(sMax * cell.a()) + reach[0];
    kMax = (int) Math.ceil(sMax * cell.b()) + reach[1];
    lMax = (int) Math.ceil(sMax * cell.c()) + reach[2];
    double points = (2.0 * hMax + 1) * (2.0 * kMax + 1) * (2.0 * lMax + 1);
    if (!(points <= MAX_POINTS)) {
      throw new IllegalArgumentException(
          "the model has "
              + points
              + " lattice points up to s = "
              + sMax
              + " Å⁻¹, more than "
              + MAX_POINTS
              + "; choose a smaller cell or a larger distance");
    }
    strideK = 2 * lMax + 1;
    strideH = strideK * (2 * kMax + 1);
    clouds = new float[(int) points];
    halos = new float[(int) points];
    fill(model, sMax + radius);
    cloudStencil = new NearbyPoints(cell.reciprocal(), p.cloudRadius(), reach, strideH, strideK);
    haloStencil = new NearbyPoints(cell.reciprocal(), p.haloRadius(), reach, strideH, strideK);
    double w = p.haloWidth() / p.haloRadius();
    inverseW2 = 1 / (w * w);
  }

  private static int reach(double indices) {
    return (int) Math.ceil(indices) + 1;
  }

  private void fill(DiffuseModel model, double sLimit) {
    int i = 0;
    for (int h = -hMax; h <= hMax; h++) {
      for (int k = -kMax; k <= kMax; k++) {
        for (int l = -lMax; l <= lMax; l++, i++) {
          if (model.s(h, k, l) <= sLimit) {
            clouds[i] = (float) model.cloudHeight(h, k, l);
            halos[i] = (float) model.haloHeight(h, k, l);
          }
        }
      }
    }
  }

  /** Largest |s| that may be asked for. */
  double sMax() {
    return sMax;
  }

  /** The cloudy signal at a point without its envelope; does not check. */
  double cloud(double h, double k, double l) {
    double h0 = Math.floor(h);
    double k0 = Math.floor(k);
    double l0 = Math.floor(l);
    return cloudStencil.smooth(clouds, corner(h0, k0, l0), h - h0, k - k0, l - l0);
  }

  /** The halos at a point; does not check. */
  double halo(double h, double k, double l) {
    double h0 = Math.floor(h);
    double k0 = Math.floor(k);
    double l0 = Math.floor(l);
    return haloStencil.peaked(halos, corner(h0, k0, l0), h - h0, k - k0, l - l0, inverseW2);
  }

  private int corner(double h0, double k0, double l0) {
    return ((int) h0 + hMax) * strideH + ((int) k0 + kMax) * strideK + (int) l0 + lMax;
  }
}
