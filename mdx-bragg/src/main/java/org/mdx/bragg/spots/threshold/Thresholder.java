package org.mdx.bragg.spots.threshold;

import org.mdx.bragg.internal.kernel.BitRows;
import org.mdx.bragg.internal.kernel.BlurKernel;
import org.mdx.bragg.internal.kernel.DispersionKernel;
import org.mdx.bragg.internal.kernel.RadialKernel;
import org.mdx.bragg.internal.kernel.StrongKernel;
import org.mdx.image.Pixels;

/** Marks the strong pixels of one panel. Not for several threads at a time. */
public abstract class Thresholder {
  /** Extended dispersion takes the mean over this much more on each side. */
  private static final int WIDER = 2;

  /** Least value that counts. */
  public static final int LOWEST = Pixels.MASKED + 1;

  /**
   * Marks strong pixels.
   *
   * @param pixels values less the pedestal
   * @param strong receives the bits
   */
  public abstract void mark(int[] pixels, long[] strong);

  /**
   * A thresholder by dispersion.
   *
   * @param width columns of the panel
   * @param height rows of the panel
   * @param gain counts per quantum, NaN for the rule without gain, which DIALS has for 1
   * @param readNoise standard deviation of an unexposed pixel, 0 with the rule without gain
   * @param options windows and thresholds
   * @return the thresholder
   */
  public static Thresholder dispersion(
      int width, int height, double gain, double readNoise, ThresholdOptions options) {
    boolean extended = options.method() == ThresholdMethod.DISPERSION_EXTENDED;
    int k = options.kernelSize();
    DispersionKernel dispersion = new DispersionKernel(width, height, k, k);
    dispersion.set(
        LOWEST, options.minLocal(), options.sigmaBackground(), gain, readNoise * readNoise);
    int mean = extended ? k + WIDER : k;
    StrongKernel strongest = new StrongKernel(width, height, mean, mean);
    strongest.set(
        LOWEST,
        options.globalThreshold(),
        options.sigmaStrong(),
        Double.isNaN(gain) ? 1 : gain,
        readNoise * readNoise,
        extended);
    long[] candidates = new long[BitRows.words(width) * height];
    long[] scratch = new long[candidates.length];
    return new Thresholder() {
      @Override
      public void mark(int[] pixels, long[] strong) {
        dispersion.mark(pixels, extended ? k - 1 : 0, candidates, scratch);
        strongest.mark(pixels, candidates, strong);
      }
    };
  }

  /**
   * A thresholder by rings.
   *
   * @param width columns of the panel
   * @param bins ring of each pixel
   * @param options thresholds and blur
   * @return the thresholder
   */
  public static Thresholder radial(int width, short[] bins, ThresholdOptions options) {
    RadialKernel kernel = new RadialKernel(bins, options.rings());
    Blur blur = options.blur();
    int[] blurred = blur == Blur.NONE ? null : new int[bins.length];
    return new Thresholder() {
      @Override
      public void mark(int[] pixels, long[] strong) {
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
