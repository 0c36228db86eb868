package org.mdx.bragg.scale;

/**
 * A merged intensity that the sweeps are to be brought to.
 *
 * @param h index
 * @param k index
 * @param l index
 * @param intensity its value
 * @param sigma its standard deviation, above 0
 */
public record ReferenceIntensity(int h, int k, int l, double intensity, double sigma) {
  public ReferenceIntensity {
    if (!(sigma > 0) || !Double.isFinite(intensity)) {
      throw new IllegalArgumentException(
          "reference " + h + " " + k + " " + l + ": " + intensity + " ± " + sigma);
    }
  }
}
