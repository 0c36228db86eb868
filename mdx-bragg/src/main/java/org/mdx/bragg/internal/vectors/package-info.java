/**
 * Periods of points of reciprocal space, found in several ways, the lattices that three of them
 * span, and the places of the beam at which they fit best.
 */
package org.mdx.bragg.internal.vectors;
