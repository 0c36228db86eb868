package org.mdx.stats;

/**
 * Statistics of the voxels between two lengths of the scattering vector. What could not be computed
 * is NaN.
 *
 * @param sMin lower limit in Å⁻¹, included
 * @param sMax upper limit in Å⁻¹, not included
 * @param s mean over the voxels in Å⁻¹
 * @param voxels number of voxels that have an intensity
 * @param mean mean intensity
 * @param deviation standard deviation of the intensities from that mean (n − 1)
 * @param anisotropic root mean square of the intensities without their isotropic average
 * @param error mean standard error of the intensities
 * @param redundancy mean number of observations per voxel
 * @param ccHalf correlation of the two half-sets, CC1/2
 * @param ccHalfAnisotropic the same without the isotropic average
 * @param ccHalfExpected what the anisotropic one would be, on average, if the errors were right:
 *     V/√((V + e₀)(V + e₁)), V the variance of the signal and e the mean squared errors of the
 *     half-sets
 * @param ccStar √(2 CC/(1 + CC)) of the anisotropic CC1/2: its estimate of the correlation with the
 *     true signal (Karplus and Diederichs, Science 336, 1030, 2012)
 * @param ccTruth correlation with the other table
 * @param ccTruthAnisotropic the same, each without its own isotropic average
 * @param ccTruthExpected what the errors let one expect of the anisotropic one, see {@link
 *     ShellStatistics#expectedCorrelation}
 */
public record Shell(
    double sMin,
    double sMax,
    double s,
    int voxels,
    double mean,
    double deviation,
    double anisotropic,
    double error,
    double redundancy,
    double ccHalf,
    double ccHalfAnisotropic,
    double ccHalfExpected,
    double ccStar,
    double ccTruth,
    double ccTruthAnisotropic,
    double ccTruthExpected) {}
