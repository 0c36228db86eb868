package org.mdx.bragg.integrate;

/** What was measured of a reflection. */
final class Measured {
  long flags;
  double sum;
  double sumVariance;
  double fit;
  double fitVariance;
  double correlation;
  double backgroundMean;
  double backgroundVariance;

  /** Variance of what the background is bent by, for a lever of 1. */
  double curvatureVariance;

  double backgroundSum;
  double backgroundSumVariance;

  /** Variance of a pixel and slice beside that of photons or electrons. */
  double noise;

  double partiality;
  int valid;
  int background;
  int backgroundUsed;
  int foreground;
  double[] centroid;
  double[] centroidVariance;
}
