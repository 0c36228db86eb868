package org.mdx.sim;

/**
 * A stretch of images on which the crystal is out of the beam: neither its peaks nor its diffuse
 * scattering nor what turns with it are recorded, only air.
 *
 * @param sweep number of the sweep, from 1
 * @param first number of the first such image, from 1
 * @param last number of the last one; beyond the sweep it means its end
 */
public record Absence(int sweep, int first, int last) {
  public Absence {
    if (sweep < 1 || first < 1 || last < first) {
      throw new IllegalArgumentException(
          "images " + first + " to " + last + " of sweep " + sweep + "; all count from 1");
    }
  }

  /** Whether an image is in the stretch. */
  boolean covers(int image) {
    return image >= first && image <= last;
  }
}
