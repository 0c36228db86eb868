/**
 * Images in CBF, plain or compressed with gzip or bzip2, told apart by content: miniCBF, the format
 * of PILATUS detectors and of EIGER conversions, with a header of {@code # Key value} lines; and
 * full CBF (imgCIF), of which the categories give the geometry. One picture for each file,
 * compressed by byte offsets or not at all.
 *
 * <p>Main types: {@link org.mdx.io.cbf.CbfImageSource} for the frames of a sweep, {@link
 * org.mdx.io.cbf.CbfReader} for a single file, {@link org.mdx.io.cbf.CbfWriter}. Uses {@code
 * org.mdx.io} and mdx-core; the decompression itself is a kernel there.
 */
package org.mdx.io.cbf;
