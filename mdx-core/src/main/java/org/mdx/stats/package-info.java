/**
 * Statistics of merged tables by shell of the scattering vector: means, errors, completeness,
 * redundancy, correlation of half-sets, agreement of tables, the isotropic average.
 *
 * <p>Main type: {@link org.mdx.stats.ShellStatistics}, which makes a {@link
 * org.mdx.stats.ShellTable} of one table, a {@link org.mdx.stats.CrossTable} of several, a {@link
 * org.mdx.stats.RedundancyTable} and an {@link org.mdx.stats.IsotropicAverage}; all of them
 * immutable values that write themselves as text and as comma-separated values. The diffuse signal
 * falls steeply with s, and two maps that share no more than that fall correlate highly; so
 * correlations are given within narrow shells, and over all of them with the isotropic part taken
 * off. Uses {@code org.mdx.table}, {@code org.mdx.crystal} and kernels.
 */
package org.mdx.stats;
