/**
 * From a merged table to a dense map: {@link org.mdx.expand.Mapper} writes each voxel and its
 * symmetry mates to a {@link org.mdx.map.ReciprocalMap}. Apart from the map itself, which readers,
 * writers and figures need without it. May use nouns and mathematics.
 */
package org.mdx.expand;
