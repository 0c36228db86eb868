/**
 * Hot loops of the Bragg engine over primitive arrays: thresholds of images, and what else runs
 * once for every pixel.
 *
 * <p>Kernels do not check their arguments; their callers do. Each has a slow, obvious twin in the
 * tests and a benchmark in mdx-bench. They use the JDK alone.
 */
package org.mdx.bragg.internal.kernel;
