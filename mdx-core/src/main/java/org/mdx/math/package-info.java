/**
 * Three-vectors and 3 × 3 matrices, immutable, for everything that is not a hot loop; axes of
 * grids; numbers with their uncertainties as text.
 */
package org.mdx.math;
