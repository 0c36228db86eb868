/**
 * The NeXus files of mdx2: tables, grids and models of each stage, so that its users can go on with
 * our results and we with theirs.
 *
 * <p>Main type: {@link org.mdx.io.nexus.Mdx2}. Each object is a group below {@code /entry} with the
 * attributes {@code mdx2_module} and {@code mdx2_class}, by which mdx2 1.0 loads it; texts are of
 * variable length, because only those arrive there as {@code str}. Uses {@code org.mdx.io.hdf5} and
 * the types of mdx-core; one class for each kind of object, so that a stage's file can be found by
 * its name.
 */
package org.mdx.io.nexus;
