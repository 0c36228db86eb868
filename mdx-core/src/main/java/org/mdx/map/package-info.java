/**
 * Dense maps of reciprocal space: the region, the map, symmetry expansion of a merged table,
 * slices.
 *
 * <p>Main types: {@link org.mdx.map.ReciprocalMap}, a grid of values with the place of its first
 * voxel and its subdivision, and {@link org.mdx.map.Mapper}, which fills one from a table. A table
 * holds the asymmetric unit and what was measured of it; a map holds every voxel of a box, so that
 * it can be drawn, transformed and compared point by point. Uses {@code org.mdx.table}, {@code
 * org.mdx.crystal} and {@code org.mdx.parallel}.
 */
package org.mdx.map;
