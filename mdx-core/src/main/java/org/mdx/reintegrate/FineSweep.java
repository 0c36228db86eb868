package org.mdx.reintegrate;

import java.util.Objects;
import org.mdx.geometry.MillerIndexMap;
import org.mdx.image.ImageSeries;
import org.mdx.image.RowMask;

/**
 * One sweep and everything that is known about its pixels.
 *
 * @param images the frames
 * @param map the Miller indices of their pixels
 * @param mask pixels to leave out, {@link RowMask#NONE} for none
 * @param model what the pixels are worth
 */
public record FineSweep(ImageSeries images, MillerIndexMap map, RowMask mask, PixelModel model) {

  /** Pixels that the kernel can count which adds up runs of them. */
  private static final int WIDEST = (1 << 20) - 1;

  public FineSweep {
    Objects.requireNonNull(map, "map");
    Objects.requireNonNull(mask, "mask");
    Objects.requireNonNull(model, "model");
    for (int p = 0; p < images.source().panels(); p++) {
      if (images.source().width(p) > WIDEST) {
        throw new IllegalArgumentException(
            "panel " + p + " has " + images.source().width(p) + " columns, at most " + WIDEST);
      }
    }
  }

  /**
   * A sweep that is made ready when its turn comes, because the tables of one large detector fit
   * into memory, those of many do not. Each call gives the same sweep.
   */
  @FunctionalInterface
  public interface Source {
    /**
     * Makes the sweep ready.
     *
     * @return the sweep
     */
    FineSweep open();

    /**
     * Bounds of |h|, |k| and |l| over all its pixels and frames.
     *
     * @return three numbers
     */
    default double[] bounds() {
      return open().map().bounds();
    }
  }
}
