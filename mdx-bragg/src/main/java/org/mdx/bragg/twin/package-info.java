/**
 * Twinning by merohedry: the L test, which needs no twin law, and twin fractions for each law that
 * the lattice allows.
 */
package org.mdx.bragg.twin;
