package org.mdx.bragg.spots;

/**
 * What one image shows.
 *
 * @param image its number
 * @param strongPixels how many
 * @param spots spots whose centroid lies in it
 * @param quanta in those spots
 * @param resolution d in Å that 95 % of those spots do not go beyond; NaN with fewer than 5
 * @param blank whether it and its neighbours have next to no spots although others have
 */
public record FrameSpots(
    int image, int strongPixels, int spots, double quanta, double resolution, boolean blank) {}
