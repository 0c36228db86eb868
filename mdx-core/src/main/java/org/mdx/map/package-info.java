/**
 * Dense maps of reciprocal space: {@link org.mdx.map.ReciprocalMap}, a grid of values with the
 * place of its first voxel and its subdivision, and slices of it.
 *
 * <p>A table holds the asymmetric unit and what was measured of it; a map holds every voxel of a
 * box, so that it can be drawn, transformed and compared point by point. {@link org.mdx.expand}
 * makes one of the other. May use mathematics and tables.
 */
package org.mdx.map;
