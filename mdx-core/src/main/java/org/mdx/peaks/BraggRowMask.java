package org.mdx.peaks;

import org.mdx.crystal.SpaceGroup;
import org.mdx.image.PixelResponse;
import org.mdx.image.Pixels;
import org.mdx.image.RowMask;
import org.mdx.internal.kernel.VoxelKernel;
import org.mdx.math.Mat3;

/** A {@link BraggMask} made ready for one crystal: evaluates rows of pixels. */
final class BraggRowMask implements RowMask {
  private static final byte UNKNOWN = 0;
  private static final byte ALLOWED = 1;
  private static final byte FORBIDDEN = 2;

  /** Indices up to this many are remembered; beyond, conditions are evaluated each time. */
  private static final int REMEMBERED = 1 << 26;

  private final BraggMask mask;
  private final int threshold;
  private final SpaceGroup group;
  private final double[] ellipsoid;
  private final double cutoff2;
  private final int maxH;
  private final int maxK;
  private final int maxL;
  private final byte[] conditions;

  BraggRowMask(BraggMask mask, SpaceGroup group, double[] bounds) {
    this.mask = mask;
    this.group = group;
    threshold = mask.countThreshold();
    cutoff2 = mask.cutoff() * mask.cutoff();
    ellipsoid = lowerTriangular(mask.model());
    maxH = (int) Math.ceil(bounds[0]) + 1;
    maxK = (int) Math.ceil(bounds[1]) + 1;
    maxL = (int) Math.ceil(bounds[2]) + 1;
    double size = (2.0 * maxH + 1) * (2.0 * maxK + 1) * (2.0 * maxL + 1);
    conditions = size <= REMEMBERED ? new byte[(int) size] : null;
  }

  /** The same mask with another threshold. */
  private BraggRowMask(BraggRowMask other, int threshold) {
    this.mask = other.mask;
    this.group = other.group;
    this.threshold = threshold;
    cutoff2 = other.cutoff2;
    ellipsoid = other.ellipsoid;
    maxH = other.maxH;
    maxK = other.maxK;
    maxL = other.maxL;
    conditions = other.conditions;
  }

  @Override
  public RowMask of(PixelResponse response) {
    int limit = response.limit(mask.countThreshold());
    return limit == threshold ? this : new BraggRowMask(this, limit);
  }

  /** r0 and P with PᵀP = (ΣΣᵀ)⁻¹, so that |P·d| = |Σ⁻¹·d|; P = Q·Σ⁻¹ made lower triangular. */
  static double[] lowerTriangular(PeakModel model) {
    Mat3 inverse = model.sigma().inverse();
    Mat3 m = inverse.transpose().times(inverse);
    // m = PᵀP with P lower triangular: Cholesky from the last row upwards
    double p22 = Math.sqrt(m.m22());
    double p21 = m.m21() / p22;
    double p20 = m.m20() / p22;
    double p11 = Math.sqrt(m.m11() - p21 * p21);
    double p10 = (m.m10() - p20 * p21) / p11;
    double p00 = Math.sqrt(m.m00() - p10 * p10 - p20 * p20);
    return new double[] {
      model.r0().x(), model.r0().y(), model.r0().z(), p00, p10, p11, p20, p21, p22
    };
  }

  @Override
  public int apply(
      double[] h, double[] k, double[] l, int n, int[] pixels, int from, double[] scratch) {
    VoxelKernel.peakDistance(h, k, l, n, ellipsoid, scratch);
    return mask.inverted()
        ? keepPeaks(h, k, l, n, pixels, from, scratch)
        : leaveOutPeaks(h, k, l, n, pixels, from, scratch);
  }

  private int leaveOutPeaks(
      double[] h, double[] k, double[] l, int n, int[] pixels, int from, double[] scratch) {
    int found = VoxelKernel.select(scratch, cutoff2, pixels, from, n, threshold);
    int masked = 0;
    for (int j = 0; j < found; j++) {
      int i = VoxelKernel.column(scratch[j]);
      if (pixels[from + i] > threshold || isAllowed(h[i], k[i], l[i])) {
        pixels[from + i] = Pixels.MASKED;
        masked++;
      }
    }
    return masked;
  }

  private int keepPeaks(
      double[] h, double[] k, double[] l, int n, int[] pixels, int from, double[] scratch) {
    int masked = 0;
    for (int i = 0; i < n; i++) {
      if (!(scratch[i] < cutoff2 && isAllowed(h[i], k[i], l[i]))) {
        pixels[from + i] = Pixels.MASKED;
        masked++;
      }
    }
    return masked;
  }

  private boolean isAllowed(double h, double k, double l) {
    int ih = (int) Math.rint(h);
    int ik = (int) Math.rint(k);
    int il = (int) Math.rint(l);
    if (conditions == null) {
      return evaluate(ih, ik, il) == ALLOWED;
    }
    int at = ((ih + maxH) * (2 * maxK + 1) + ik + maxK) * (2 * maxL + 1) + il + maxL;
    byte c = conditions[at];
    if (c == UNKNOWN) {
      // a race writes the same value twice
      c = evaluate(ih, ik, il);
      conditions[at] = c;
    }
    return c == ALLOWED;
  }

  private byte evaluate(int h, int k, int l) {
    boolean absent =
        mask.centringOnly() ? group.isCentringAbsent(h, k, l) : group.isAbsent(h, k, l);
    return absent ? FORBIDDEN : ALLOWED;
  }
}
