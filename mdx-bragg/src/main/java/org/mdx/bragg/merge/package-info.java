/** Merged intensities, their statistics by resolution, and amplitudes. */
package org.mdx.bragg.merge;
