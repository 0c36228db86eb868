package org.mdx.bragg.integrate;

import org.mdx.reflection.ReflectionFlag;

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

  /** Whether something in front of the detector keeps the light from the foreground. */
  boolean dark;

  double partiality;
  int valid;
  int background;
  int backgroundUsed;
  int foreground;
  double[] centroid;
  double[] centroidVariance;

  /** Takes back what was measured of a reflection in a shadow. */
  void leaveOut() {
    dark = true;
    sum = 0;
    sumVariance = 0;
    fit = 0;
    fitVariance = 0;
    correlation = 0;
    centroid = null;
    flags &= ~ReflectionFlag.INTEGRATED.mask();
    flags |=
        ReflectionFlag.FAILED_DURING_SUMMATION.mask()
            | ReflectionFlag.FAILED_DURING_PROFILE_FITTING.mask()
            | ReflectionFlag.FOREGROUND_INCLUDES_BAD_PIXELS.mask();
  }
}
