/**
 * MRC images and stacks (MRC2014, modes 0, 1, 2, 6 and 12, either byte order), with the extended
 * headers FEI1 and FEI2 that Thermo Fisher's software writes, and the {@code .mdoc} that SerialEM
 * puts beside a stack; plain, or compressed with gzip or bzip2.
 *
 * <p>Main type: {@link org.mdx.io.mrc.MrcFormat}. Uses {@code org.mdx.io} and mdx-core. Rows are
 * taken as they are stored: the first is iy = 0, as dxtbx has it, though programs of electron
 * microscopy show it at the bottom.
 */
package org.mdx.io.mrc;
