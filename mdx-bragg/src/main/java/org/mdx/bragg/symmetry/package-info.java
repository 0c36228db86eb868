/**
 * Symmetry of integrated intensities: the Laue group and its operators, the space group from
 * absences, and the indexing of many sweeps in agreement.
 */
package org.mdx.bragg.symmetry;
