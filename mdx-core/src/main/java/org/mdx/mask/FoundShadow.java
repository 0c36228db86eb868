package org.mdx.mask;

import java.util.List;
import java.util.Locale;
import org.mdx.image.PixelMask;

/**
 * The shadow of something in front of a detector, such as a beamstop and its arm.
 *
 * @param masks its pixels, for each panel
 * @param pixels how many these are
 * @param counted how many pixels of the detector count at all
 * @param light the median of what reaches its parts, of what reaches other pixels at their angle; 0
 *     where there is no shadow
 * @param frames how many frames were looked at
 */
public record FoundShadow(
    List<PixelMask> masks, long pixels, long counted, double light, int frames) {

  public FoundShadow {
    masks = List.copyOf(masks);
  }

  /**
   * How much of the detector it covers.
   *
   * @return its part of the pixels that count, 0 to 1
   */
  public double part() {
    return counted == 0 ? 0 : (double) pixels / counted;
  }

  /** Such as {@code 1,234 of 251,001 pixels (0.49 %) get 2 % of what others at their angle get}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d of %,d pixels (%.2f %%) get %.0f %% of what others at their angle get",
        pixels,
        counted,
        100 * part(),
        100 * light);
  }
}
