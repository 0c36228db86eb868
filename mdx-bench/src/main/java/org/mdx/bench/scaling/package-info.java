/**
 * Benchmarks of scaling: interpolation of terms, normal equations, solver and whole refinement,
 * each beside the way of a textbook.
 */
package org.mdx.bench.scaling;
