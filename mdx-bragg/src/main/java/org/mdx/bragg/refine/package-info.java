/**
 * From indexed spots to a refined geometry: detector, beam, crystal and goniometer that put the
 * reflections where they were seen.
 *
 * <p>Main types: {@link org.mdx.bragg.refine.Refiner} and {@link org.mdx.bragg.refine.Refined};
 * {@link org.mdx.bragg.refine.TwoTheta} refines the cell alone. The fit itself is {@code
 * org.mdx.bragg.internal.fit}, which indexing uses too; here are defaults of the field, checks and
 * the numbers that people look at.
 *
 * <p>DIALS gives all centroids nearly the same weight and throws a third of them out before it
 * begins. Here weights are those of counting with a floor that is fitted, and errors follow
 * Student's t, so that outliers are named after the fit and uncertainties are honest.
 */
package org.mdx.bragg.refine;
