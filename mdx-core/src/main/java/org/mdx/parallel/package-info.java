/**
 * Work over many indices with a fixed number of threads, its progress and its interruption.
 *
 * <p>{@link org.mdx.parallel.Parallel} is the one place that starts threads, and it has ended them
 * when its call returns. Which thread does which index is left open; results must not depend on it:
 * each task writes to a place of its own, and sums over tasks are taken afterwards in index order.
 */
package org.mdx.parallel;
