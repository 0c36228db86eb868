/**
 * Reductions on an Apache Spark cluster. {@link org.mdx.spark.SparkReduction} is the main type:
 * sweeps are tasks, tables between stages are Parquet on any Hadoop file system, voxels are merged
 * by ranges.
 *
 * <p>It uses the core and its files, and Spark, which the cluster brings; nothing uses it. Rows
 * keep the order of (sweep, row), sums the order of planes and lanes, so that the bytes are those
 * of one machine for any number of partitions, and after the loss of an executor.
 */
package org.mdx.spark;
