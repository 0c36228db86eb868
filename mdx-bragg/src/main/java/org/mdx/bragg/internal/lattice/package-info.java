/**
 * Spots as points of reciprocal space, lattices of them, how likely these are and how they are
 * refined: what indexing and the Bravais settings share. Knows nothing of how lattices are found.
 */
package org.mdx.bragg.internal.lattice;
