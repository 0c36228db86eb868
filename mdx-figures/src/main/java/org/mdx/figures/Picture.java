package org.mdx.figures;

import java.util.Objects;

/** Pixels that have colours of their own, such as a detector image with its mask. Immutable. */
public final class Picture implements Raster {
  private final String title;
  private final int width;
  private final int[] rgb;

  private Picture(String title, int width, int[] rgb) {
    this.title = Objects.requireNonNull(title, "title");
    this.width = width;
    this.rgb = rgb;
  }

  /**
   * A picture.
   *
   * @param title above it
   * @param width number of pixels of a row, 1 or more
   * @param rgb 0xRRGGBB of each pixel, row by row from the top
   * @return the panel
   * @throws IllegalArgumentException if there are no whole rows
   */
  public static Picture of(String title, int width, int... rgb) {
    if (width < 1 || rgb.length == 0 || rgb.length % width != 0) {
      throw new IllegalArgumentException(
          rgb.length + " pixels are no whole rows of " + width + " pixels");
    }
    return new Picture(title, width, rgb.clone());
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public double[] bounds() {
    return new double[] {0, width, -rgb.length / width, 0};
  }

  @Override
  public boolean hasEqualUnits() {
    return true;
  }

  @Override
  public int rgb(double x, double y) {
    int column = Math.max(0, Math.min(width - 1, (int) Math.floor(x)));
    int row = Math.max(0, Math.min(rgb.length / width - 1, (int) Math.floor(-y)));
    return rgb[row * width + column] & 0xFFFFFF;
  }

  @Override
  public Colours colours() {
    return null;
  }

  @Override
  public ColourScale scale() {
    return null;
  }

  @Override
  public Raster coloured(Colours other) {
    return this;
  }

  @Override
  public long values() {
    return rgb.length;
  }

  @Override
  public String[] csvHeader() {
    return new String[] {"ix (pixel)", "iy (pixel)", "colour"};
  }

  @Override
  public void csvRows(CsvRows rows) {
    for (int i = 0; i < rgb.length; i++) {
      rows.row(i % width, i / width, String.format("#%06x", rgb[i] & 0xFFFFFF));
    }
  }

  /** The title and the size. */
  @Override
  public String toString() {
    return "Picture[" + title + ", " + width + " by " + rgb.length / width + " pixels]";
  }
}
