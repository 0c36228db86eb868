/**
 * Benchmarks of the hot kernels, and the guard that compares them with a committed baseline.
 *
 * <p>Each benchmark class holds a kernel as the library calls it and its naive twin, the obvious
 * way to the same result; both run on the same seeded data, in one thread, and the results are
 * compared once in set-up. Times differ from machine to machine, so that only the ratio of the two
 * is quoted or kept. Main types: {@link org.mdx.bench.guard.Guard} and the classes named {@code
 * …Benchmark}. May use every module; nothing uses it.
 */
package org.mdx.bench;
