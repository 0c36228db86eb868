/**
 * Images in miniCBF, the format of PILATUS detectors and of EIGER conversions: a header of {@code #
 * Key value} lines and one byte-offset compressed picture of signed 32-bit pixels; plain or
 * compressed with gzip or bzip2, told apart by content.
 *
 * <p>Main types: {@link org.mdx.io.cbf.CbfImageSource} for the frames of a sweep, {@link
 * org.mdx.io.cbf.CbfReader} for a single file, {@link org.mdx.io.cbf.CbfWriter}. Uses {@code
 * org.mdx.io} and mdx-core; the decompression itself is a kernel there.
 */
package org.mdx.io.cbf;
