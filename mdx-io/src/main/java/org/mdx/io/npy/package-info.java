/**
 * NumPy's format for one array, with a JSON file beside it that tells what its axes are.
 *
 * <p>Main type: {@link org.mdx.io.npy.Npy}. Uses {@code org.mdx.io} and maps of mdx-core.
 */
package org.mdx.io.npy;
