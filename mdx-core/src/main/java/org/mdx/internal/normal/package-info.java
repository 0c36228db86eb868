/**
 * Normal equations of terms that are linear between the control points of a grid: {@link
 * org.mdx.internal.normal.TermGrid} has the points and the regularisers, {@link
 * org.mdx.internal.normal.BandMatrix} the matrices, {@link org.mdx.internal.normal.Multigrid} the
 * preconditioner, {@link org.mdx.internal.normal.SmoothnessSearch} the weight of the regularisers.
 *
 * <p>They hold no observations: what observations add up to is summed elsewhere, and solved here.
 */
package org.mdx.internal.normal;
