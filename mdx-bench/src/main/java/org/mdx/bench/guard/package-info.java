/**
 * The guard: times kernels beside their naive twins and compares the ratios with those of a
 * committed baseline, so that a slow kernel is noticed. Main type: {@link
 * org.mdx.bench.guard.Guard}.
 */
package org.mdx.bench.guard;
