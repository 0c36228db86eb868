package org.mdx.microed.detector;

/**
 * Properties of a detector, estimated from its images. Values are in the units of the pixels (ADU).
 *
 * @param pedestal mean value of an unexposed pixel
 * @param gain ADU for each quantum (electron or photon), the blur between neighbouring pixels taken
 *     into account
 * @param pixelGain variance of a pixel in ADU² for each ADU of signal: what spot finding needs;
 *     less than the gain if a quantum lights up several pixels
 * @param readNoise standard deviation of an unexposed pixel; 0 if the images show none
 * @param darkest mean of the darkest hundredth of the tiles; the pedestal is not above it
 * @param brightest mean of the brightest hundredth of the tiles
 * @param tiles number of pieces of images that were used
 * @param scatter width of the distribution of their variances about the line, from those below it,
 *     in standard errors: 1 if the line describes them, more if the gain is not the same everywhere
 *     or the crystal's scattering changed from frame to frame
 */
public record DetectorEstimate(
    Measured pedestal,
    Measured gain,
    Measured pixelGain,
    Measured readNoise,
    double darkest,
    double brightest,
    int tiles,
    double scatter) {}
