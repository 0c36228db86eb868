/**
 * Benchmarks of the Bragg engine: prediction and the fit of geometries, each beside a slow twin.
 * Uses {@code org.mdx.prediction} and {@code org.mdx.bragg}.
 */
package org.mdx.bench.bragg;
