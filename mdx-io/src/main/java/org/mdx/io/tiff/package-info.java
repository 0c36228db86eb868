/**
 * Gray TIFF images of one or many pages: integers of 8, 16 and 32 bits and floating-point numbers
 * of 16, 32 and 64, in strips or tiles, not compressed or with LZW, deflate or PackBits, with any
 * predictor, either byte order, classic or BigTIFF.
 *
 * <p>Main type: {@link org.mdx.io.tiff.TiffFormat}. Uses {@code org.mdx.io} and mdx-core. The
 * decoder is mdx's own: the one of the Java platform knows no BigTIFF, keeps whole images as
 * rasters and is not made for files that lie, whereas a page here is read where it lies, in any
 * thread, and what a header claims is held against the size of the file first. The file tells
 * nothing but its pixels; geometry comes from the user.
 */
package org.mdx.io.tiff;
