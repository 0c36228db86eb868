package org.mdx.geometry;

/**
 * Number of pixels of a panel.
 *
 * @param width pixels along fast
 * @param height pixels along slow
 */
public record PanelSize(int width, int height) {

  /** Such as {@code 487 x 619}. */
  @Override
  public String toString() {
    return width + " x " + height;
  }
}
