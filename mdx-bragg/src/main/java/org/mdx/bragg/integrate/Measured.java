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
