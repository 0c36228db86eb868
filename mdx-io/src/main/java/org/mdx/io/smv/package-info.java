/**
 * SMV images ({@code .img}): a text header {@code {HEADER_BYTES=…; KEY=value; …}} and one picture
 * of 16-bit (or 8, 32-bit, or floating-point) pixels, as written by ADSC and Rigaku detectors and
 * by many programs of electron crystallography; plain or compressed with gzip or bzip2.
 *
 * <p>Main type: {@link org.mdx.io.smv.SmvFormat}. Uses {@code org.mdx.io} and mdx-core. The beam
 * centre is where instruments differ: {@link org.mdx.io.smv.SmvFormat} tells which convention is
 * taken when.
 */
package org.mdx.io.smv;
