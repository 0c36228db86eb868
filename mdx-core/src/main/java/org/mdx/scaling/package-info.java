/**
 * Refines scaling models: {@link org.mdx.scaling.ScalingRefiner} finds the terms of {@link
 * org.mdx.scale.ScalingModel} with which observations of the same voxel agree best.
 *
 * <p>Each term is linear in its control points, so a cycle solves one regularised least-squares
 * problem a term and merges anew in between. Observations lie in blocks of single-precision
 * columns, about 26 bytes each. The normal matrices have few diagonals; conjugate gradients on
 * them, started from the last solution, take 0.1 s where a sparse Cholesky factorisation takes
 * seconds. The detector's 40,000 points, the smoother the worse for conjugate gradients, have
 * coarser grids as preconditioner. Smoothness grows where the data do not support the detail
 * (Mallows' C); docs/scaling.md has what that is worth. May use nouns and mathematics.
 *
 * <p>What is decided once, in {@code Refinement}, is apart from what is done with observations, a
 * {@link org.mdx.scaling.Pass} over lanes. Lanes are threads here, or on other machines with {@link
 * org.mdx.scaling.DistributedScaling}, with the same bits.
 */
package org.mdx.scaling;
