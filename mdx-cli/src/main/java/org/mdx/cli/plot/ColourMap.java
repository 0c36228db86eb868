package org.mdx.cli.plot;

/**
 * Colours for numbers. Linear interpolation in sRGB between nine equally spaced colours of viridis,
 * the perceptually uniform map of S. van der Walt and N. Smith (matplotlib 2.0, 2015; CC0), which
 * also reads well in grey and with deficient colour vision.
 */
final class ColourMap {
  private static final int[] VIRIDIS = {
    0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962, 0xADDC30, 0xFDE725
  };

  private ColourMap() {}

  /**
   * The colour of a fraction.
   *
   * @param fraction 0 (dark violet) to 1 (yellow); limited to that
   * @return 0xRRGGBB
   */
  static int colour(double fraction) {
    double x = Math.max(0, Math.min(1, fraction)) * (VIRIDIS.length - 1);
    int i = Math.min((int) x, VIRIDIS.length - 2);
    double f = x - i;
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double from = (VIRIDIS[i] >> shift) & 0xFF;
      double to = (VIRIDIS[i + 1] >> shift) & 0xFF;
      rgb |= (int) Math.round(from + f * (to - from)) << shift;
    }
    return rgb;
  }
}
