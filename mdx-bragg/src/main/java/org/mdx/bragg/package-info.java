/** The Bragg side of a reduction: from images to spots, lattices, geometry and intensities. */
package org.mdx.bragg;
