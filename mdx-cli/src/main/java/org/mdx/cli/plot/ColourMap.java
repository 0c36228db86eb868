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

  /** From blue for the most negative over white for 0 to red. */
  private static final int[] BLUE_WHITE_RED = {
    0x123A7A, 0x2F6DB5, 0x83B4DC, 0xCFE1F0, 0xFFFFFF, 0xF9D7CB, 0xEE9C83, 0xCB4A3E, 0x8A1020
  };

  private ColourMap() {}

  /**
   * The colour of a fraction.
   *
   * @param fraction 0 (dark violet, or blue) to 1 (yellow, or red); limited to that
   * @param diverging whether the middle is white, for numbers of either sign
   * @return 0xRRGGBB
   */
  static int colour(double fraction, boolean diverging) {
    int[] colours = diverging ? BLUE_WHITE_RED : VIRIDIS;
    double x = Math.max(0, Math.min(1, fraction)) * (colours.length - 1);
    int i = Math.min((int) x, colours.length - 2);
    double f = x - i;
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double from = (colours[i] >> shift) & 0xFF;
      double to = (colours[i + 1] >> shift) & 0xFF;
      rgb |= (int) Math.round(from + f * (to - from)) << shift;
    }
    return rgb;
  }
}
