/**
 * Bragg intensities that are not merged as CIF: mmCIF ({@link org.mdx.io.cif.UnmergedCif}) for
 * deposition, and the dialect of PETS ({@link org.mdx.io.cif.PetsCif}) for refinement with
 * electrons in Jana. Uses {@code org.mdx.io.output} and geometries of mdx-core.
 */
package org.mdx.io.cif;
