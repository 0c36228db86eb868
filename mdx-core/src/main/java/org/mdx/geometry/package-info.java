/**
 * Where things are: beam, detector, goniometer and scan, and what they say about a pixel.
 *
 * <p>The laboratory frame is that of DIALS. Lengths are in mm, angles in degrees, reciprocal
 * lengths in Å⁻¹ without 2π; the centre of pixel (ix, iy) is at (ix + 0.5, iy + 0.5). Main type:
 * {@link org.mdx.geometry.Geometry}. Uses {@code org.mdx.crystal} and {@code org.mdx.math}.
 */
package org.mdx.geometry;
