/**
 * The lattices of Lunus: a header of 36 bytes and 32-bit floats.
 *
 * <p>Main type: {@link org.mdx.io.lunus.LunusLattice}. Uses {@code org.mdx.io} and maps of
 * mdx-core.
 */
package org.mdx.io.lunus;
