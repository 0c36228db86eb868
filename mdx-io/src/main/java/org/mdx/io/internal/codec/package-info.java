/**
 * How files pack pixels: the compressions of CBF and TIFF, and stored numbers of any width and byte
 * order turned into 32-bit integers. Static methods over primitive arrays, whose callers check the
 * arguments. Uses nothing but the JDK.
 */
package org.mdx.io.internal.codec;
