package org.mdx.bragg.refine;

/**
 * Residuals in a part of a scan, without outliers.
 *
 * @param sweep number of the sweep, from 0
 * @param firstImage number of the first image
 * @param lastImage number of the last image
 * @param reflections how many; with none the deviations are NaN
 * @param rmsdX root mean square of calculated − observed along fast, px
 * @param rmsdY along slow, px
 * @param rmsdFrames along the scan, frames
 */
public record ScanBlock(
    int sweep,
    int firstImage,
    int lastImage,
    int reflections,
    double rmsdX,
    double rmsdY,
    double rmsdFrames) {}
