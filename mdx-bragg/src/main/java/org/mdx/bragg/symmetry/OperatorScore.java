package org.mdx.bragg.symmetry;

import org.mdx.crystal.ChangeOfBasis;

/**
 * How well a rotation of the lattice keeps the intensities.
 *
 * @param operator the rotation in the axes of the result
 * @param order 2, 3, 4 or 6
 * @param pairs of reflections that it makes equivalent
 * @param cc their correlation; NaN of fewer than three pairs
 * @param likelihood probability, from 0 to 1, that it is a symmetry, it alone being looked at
 * @param present whether it is in the group that was found
 */
public record OperatorScore(
    ChangeOfBasis operator, int order, int pairs, double cc, double likelihood, boolean present) {}
