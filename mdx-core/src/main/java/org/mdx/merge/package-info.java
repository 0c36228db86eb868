/**
 * Merging: the weighted mean of all observations of a voxel, of one sweep or of many, without
 * outliers, and of two halves of them for statistics.
 *
 * <p>Main type: {@link org.mdx.merge.Merger}. Its result is a table with one row for each voxel.
 * Each voxel is merged by itself from its rows in table order, with the variance of the counts that
 * the voxel and its shell of resolution let expect ({@link org.mdx.merge.ErrorModel}), and halves
 * are drawn from a hash of the seed and the observation, so that neither the number of threads nor
 * the order of the rows decides who is where. Uses {@code org.mdx.table}, {@code org.mdx.crystal}
 * and {@code org.mdx.parallel}.
 */
package org.mdx.merge;
