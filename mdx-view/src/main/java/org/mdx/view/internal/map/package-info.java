/**
 * Voxels of tables and maps as the page asks for them: planes, lines, points, distributions. Main
 * type: {@link org.mdx.view.internal.map.MapData}. A table is kept as it is and looked up through
 * its symmetry, so that a plane of a large map costs no more than its own voxels.
 */
package org.mdx.view.internal.map;
