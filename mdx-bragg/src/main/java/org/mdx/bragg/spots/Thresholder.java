package org.mdx.bragg.spots;

import org.mdx.bragg.internal.kernel.BitRows;
import org.mdx.bragg.internal.kernel.BlurKernel;
import org.mdx.bragg.internal.kernel.DispersionKernel;
import org.mdx.bragg.internal.kernel.RadialKernel;
import org.mdx.bragg.internal.kernel.StrongKernel;
import org.mdx.image.Pixels;

/** Marks the strong pixels of one panel. Not for several threads at a time. */
abstract class Thresholder {
  /** Extended dispersion takes the mean over this much more on each side. */
  private static final int WIDER = 2;

  static final int LOWEST = Pixels.MASKED + 1;

  /**
   * Marks strong pixels.
   *
   * @param pixels values less the pedestal
   * @param strong receives the bits
   */
  abstract void mark(int[] pixels, long[] strong);

  /**
   * A thresholder by dispersion.
   *
   * @param gain counts per quantum, NaN for the rule without gain, which DIALS has for 1
   */
  static Thresholder dispersion(int width, int height, double gain, ThresholdOptions options) {
    boolean extended = options.method() == ThresholdMethod.DISPERSION_EXTENDED;
    int k = options.kernelSize();
    DispersionKernel dispersion = new DispersionKernel(width, height, k, k);
    dispersion.set(LOWEST, options.minLocal(), options.sigmaBackground(), gain);
    int mean = extended ? k + WIDER : k;
    StrongKernel strongest = new StrongKernel(width, height, mean, mean);
    strongest.set(
        LOWEST,
        options.globalThreshold(),
        options.sigmaStrong(),
        Double.isNaN(gain) ? 1 : gain,
        extended);
    long[] candidates = new long[BitRows.words(width) * height];
    long[] scratch = new long[candidates.length];
    return new Thresholder() {
      @Override
      void mark(int[] pixels, long[] strong) {
        dispersion.mark(pixels, candidates);
        if (extended) {
          BitRows.erode(candidates, width, height, k - 1, scratch);
        }
        strongest.mark(pixels, candidates, strong);
      }
    };
  }

  /**
   * A thresholder by rings.
   *
   * @param bins ring of each pixel
   */
  static Thresholder radial(int width, short[] bins, ThresholdOptions options) {
    RadialKernel kernel = new RadialKernel(bins, options.rings());
    Blur blur = options.blur();
    int[] blurred = blur == Blur.NONE ? null : new int[bins.length];
    return new Thresholder() {
      @Override
      void mark(int[] pixels, long[] strong) {
        int[] seen = pixels;
        if (blurred != null) {
          BlurKernel.blur(pixels, width, blur.weights(), LOWEST, blurred);
          seen = blurred;
        }
        kernel.mark(seen, LOWEST, options.iqrs(), blur.sum(), width, strong);
      }
    };
  }
}
