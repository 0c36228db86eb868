/**
 * CCP4 and MRC maps. The header knows real space only: reciprocal axes are written as if they were
 * those of a crystal, and labels and a JSON file beside the map say what they are.
 *
 * <p>Main type: {@link org.mdx.io.ccp4.Ccp4}. Uses {@code org.mdx.io} and maps of mdx-core.
 */
package org.mdx.io.ccp4;
