/**
 * Benchmarks of the Bragg engine: prediction beside a search along the scan, and the fit of
 * geometries, whose derivatives the tests compare with finite differences. Uses {@code
 * org.mdx.prediction} and {@code org.mdx.bragg}.
 */
package org.mdx.bench.bragg;
