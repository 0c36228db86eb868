/**
 * Files of DIALS: experiment lists ({@code .expt}, JSON), tables of reflections ({@code .refl},
 * MessagePack, and older pickles) and pixel masks (pickles).
 *
 * <p>Main types: {@link org.mdx.io.dials.Dials}, which yields the sweeps of an experiment list as
 * {@link org.mdx.image.ImageSeries}, and {@link org.mdx.io.dials.DialsData}, a list with its {@link
 * org.mdx.io.dials.ReflectionTable} to select from, slice, split and combine without losing what is
 * not understood. The images themselves are opened through {@link org.mdx.io.image.ImageFiles}, so
 * that any format will do. What the models and columns mean follows DIALS and dxtbx 3.12. Only the
 * few kinds of value that DIALS writes are read, so MessagePack and pickles need no library, and
 * every length is compared with the file before anything is allocated. Uses {@code org.mdx.io},
 * mdx-core and Jackson.
 */
package org.mdx.io.dials;
