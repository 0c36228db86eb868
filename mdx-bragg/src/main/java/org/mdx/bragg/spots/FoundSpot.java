package org.mdx.bragg.spots;

/**
 * A spot and what was measured of it. Places are px, px and frames of the sweep.
 *
 * @param panel index of the panel
 * @param box x0, x1, y0, y1, z0, z1 of the strong pixels, half-open
 * @param size strong pixels
 * @param position centroid
 * @param variance of the centroid
 * @param covariance second moments xx, xy, xz, yy, yz, zz; null if they are not known
 * @param intensity quanta
 * @param intensityVariance of that
 * @param shoebox counts of the box where pixels are strong and 0 elsewhere, or null
 */
record FoundSpot(
    int panel,
    int[] box,
    int size,
    double[] position,
    double[] variance,
    double[] covariance,
    double intensity,
    double intensityVariance,
    float[] shoebox) {

  FoundSpot at(double[] place) {
    return new FoundSpot(
        panel, box, size, place, variance, covariance, intensity, intensityVariance, shoebox);
  }

  double x() {
    return position[0];
  }

  double y() {
    return position[1];
  }

  /** In frames from the first of the sweep. */
  double z() {
    return position[2];
  }
}
