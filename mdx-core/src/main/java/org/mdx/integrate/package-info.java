/**
 * One streaming pass over the frames: map each pixel, mask it, add its counts to its voxel.
 *
 * <p>Each frame is reduced to a list of the voxels it touches, by several threads at a time; the
 * lists are then joined into observations in the order of the frames, in parallel over ranges of
 * voxels. So the same frames give the same bits for any number of threads, and memory grows with
 * the number of observations, not of frames. Main type: {@link org.mdx.integrate.Integrator}. Uses
 * the nouns and the kernels.
 */
package org.mdx.integrate;
