package org.mdx.peaks;

import java.util.Locale;

/**
 * A count threshold that was found from the images, and what decided it.
 *
 * @param counts pixels with more counts than this are practically never diffuse scattering
 * @param frames frames that were looked at
 * @param pixels their pixels that count
 * @param typical count that half of the pixels expect at most, Bragg peaks left out
 * @param brightest count that the brightest part of the images expects, Bragg peaks left out
 * @param dispersion variance of neighbouring pixels over their mean; 1 where photons are counted
 * @param above pixels above the threshold
 */
public record FoundThreshold(
    int counts,
    int frames,
    long pixels,
    double typical,
    double brightest,
    double dispersion,
    long above) {

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "count threshold %d, from %d frames: diffuse pixels expect %.2f counts, at most %.1f; %d of"
            + " %d pixels above",
        counts,
        frames,
        typical,
        brightest,
        above,
        pixels);
  }
}
