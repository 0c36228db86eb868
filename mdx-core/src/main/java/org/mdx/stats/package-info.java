/**
 * Statistics of merged tables by shell of the scattering vector: means, errors, redundancy,
 * correlation of half-sets and with another table, the isotropic average.
 *
 * <p>Main types: {@link org.mdx.stats.ShellStatistics}, which makes a {@link
 * org.mdx.stats.ShellTable}, and {@link org.mdx.stats.IsotropicAverage}. The diffuse signal falls
 * steeply with s, and two maps that share no more than that fall correlate highly; so correlations
 * are given within narrow shells, and over all of them with the isotropic part taken off. Uses
 * {@code org.mdx.table} and {@code org.mdx.crystal}.
 */
package org.mdx.stats;
