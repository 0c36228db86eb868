/**
 * The algebra of {@code org.mdx.bragg.internal.fit}: normal matrices of many crystals on one
 * instrument, Levenberg–Marquardt, smooth values along a scan, products of rotations. Not exported.
 */
package org.mdx.bragg.internal.algebra;
