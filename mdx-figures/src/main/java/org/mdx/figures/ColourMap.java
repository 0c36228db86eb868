package org.mdx.figures;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Colours for numbers, by linear interpolation in sRGB between equally spaced colours. Sequential
 * maps are for amounts from 0, diverging ones for numbers on both sides of a centre.
 */
public enum ColourMap {
  /**
   * Dark violet to yellow, perceptually uniform, readable in grey and with deficient colour vision:
   * S. van der Walt and N. Smith (matplotlib 2.0, 2015; CC0), nine of its colours.
   */
  VIRIDIS(
      false, 0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962, 0xADDC30,
      0xFDE725),

  /** Black to white. */
  GREY(false, 0x000000, 0xFFFFFF),

  /** White to black, as a film. */
  INVERTED(false, 0xFFFFFF, 0x000000),

  /** Black over red and yellow to white. */
  HEAT(false, 0x000000, 0x8A0000, 0xE63900, 0xFF9A00, 0xFFE45C, 0xFFFFFF),

  /**
   * Blue over light grey to red: K. Moreland, Diverging color maps for scientific visualization
   * (ISVC 2009, LNCS 5876, 92), nine of its colours.
   */
  COOLWARM(
      true, 0x3B4CC0, 0x6282EA, 0x8DB0FE, 0xB8D0F9, 0xDDDDDD, 0xF5C4AD, 0xF49A7B, 0xDE604D,
      0xB40426),

  /** Blue over white to red: zero is the colour of paper. */
  BLUE_WHITE_RED(
      true, 0x123A7A, 0x2F6DB5, 0x83B4DC, 0xCFE1F0, 0xFFFFFF, 0xF9D7CB, 0xEE9C83, 0xCB4A3E,
      0x8A1020);

  /** Grey of what was not measured, apart from every colour of a sequential map. */
  private static final int UNMEASURED = 0xDADADA;

  /** Darker, apart from the light centre of a diverging map. */
  private static final int UNMEASURED_BESIDE_LIGHT = 0xA6A6A6;

  private final boolean diverging;
  private final int[] colours;

  ColourMap(boolean diverging, int... colours) {
    this.diverging = diverging;
    this.colours = colours;
  }

  /**
   * A map by its name.
   *
   * @param name such as {@code viridis} or {@code blue-white-red}, in letters of any case
   * @return the map
   * @throws IllegalArgumentException if there is none of that name; the message has those there are
   */
  public static ColourMap of(String name) {
    for (ColourMap m : values()) {
      if (m.toString().equals(name.toLowerCase(Locale.ROOT).replace('_', '-'))) {
        return m;
      }
    }
    throw new IllegalArgumentException(
        "no colours are called '"
            + name
            + "'; choose of "
            + Arrays.stream(values()).map(ColourMap::toString).collect(Collectors.joining(", ")));
  }

  /**
   * Whether the colours tell on which side of a centre a number is.
   *
   * @return true for a light middle between two hues
   */
  public boolean isDiverging() {
    return diverging;
  }

  /**
   * The colour of a fraction of the range.
   *
   * @param fraction 0 for the first colour, 1 for the last; limited to that; NaN for not measured
   * @return 0xRRGGBB
   */
  public int rgb(double fraction) {
    if (Double.isNaN(fraction)) {
      return unmeasured();
    }
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

  /**
   * The colour of what was not measured.
   *
   * @return 0xRRGGBB, a grey that the map itself does not use
   */
  public int unmeasured() {
    return diverging
        ? UNMEASURED_BESIDE_LIGHT
        : this == GREY || this == INVERTED ? 0xCBD5E8 : UNMEASURED;
  }

  /**
   * A look-up table for a page or a kernel.
   *
   * @param entries number of colours, 2 or more
   * @return entry i is the colour of the fraction i/(entries − 1), 0xRRGGBB
   * @throws IllegalArgumentException if there are fewer than two entries
   */
  public int[] table(int entries) {
    if (entries < 2) {
      throw new IllegalArgumentException(entries + " entries, must be 2 or more");
    }
    int[] table = new int[entries];
    for (int i = 0; i < entries; i++) {
      table[i] = rgb((double) i / (entries - 1));
    }
    return table;
  }

  /** The name, such as {@code blue-white-red}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
