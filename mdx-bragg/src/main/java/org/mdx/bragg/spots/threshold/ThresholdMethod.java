package org.mdx.bragg.spots.threshold;

/** How strong pixels are told from background. */
public enum ThresholdMethod {
  /** Index of dispersion; the local background is what is left when its region has been eroded. */
  DISPERSION_EXTENDED,
  /** Index of dispersion and local mean over one window. */
  DISPERSION,
  /** Median and interquartile range of rings of equal 2θ; for electrons. */
  RADIAL_PROFILE
}
