/**
 * From spots to lattices: which crystal, in which orientation, gave the spots of a sweep.
 *
 * <p>Main types: {@link org.mdx.bragg.index.Indexer} and {@link org.mdx.bragg.index.Indexed}. The
 * spots become points of reciprocal space; periods of these points (Fourier transforms in three or
 * one dimension, or a known cell turned about) are made as long and exact as the points allow;
 * three of them span a candidate lattice; the candidates are refined and the most likely one wins.
 *
 * <p>The score is a likelihood, not a sum of figures of merit: each spot lies on one of the lattice
 * points that it could have hit, with an error that is fitted, or anywhere. A lattice that has
 * twice as many points must pay for them with every spot, so cells that are too large lose by
 * themselves, and cells that are too small lose the spots that they cannot explain.
 *
 * <p>Residuals are measured where the errors are made, in pixels and frames. They are linear in the
 * setting matrix and in a shift of the detector as long as these are small, so that a handful of
 * linear least-squares problems refines a lattice.
 */
package org.mdx.bragg.index;
