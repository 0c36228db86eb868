/**
 * The fit of a geometry to indexed centroids, which indexing and refinement share. Main type:
 * {@link org.mdx.bragg.internal.fit.GeometryFit}. Not exported: the steps wrap it.
 *
 * <p>Models are blocks of parameters (detector, beam, crystal, goniometer) that several sweeps may
 * share; each gives its model and the derivative of it, and {@link
 * org.mdx.bragg.internal.fit.FitModel} joins them to the derivatives of (X, Y, φ) after Waterman et
 * al. (2016), Acta Cryst. D72, 558. The errors follow Student's t with 4 degrees of freedom, so
 * that no spot has to be thrown out before the models are good; two floors, in pixels and in
 * frames, are fitted beside the models, since centroids are never as good as counting alone says.
 *
 * <p>All sums run in the order of the reflections on one thread: some thousand reflections take
 * milliseconds, and the bits are the same everywhere. commons-math3 has a Levenberg–Marquardt of
 * its own, but for sums of squares with the whole Jacobian only; here the normal equations are
 * summed up as they come and the weights change with the residuals.
 */
package org.mdx.bragg.internal.fit;
