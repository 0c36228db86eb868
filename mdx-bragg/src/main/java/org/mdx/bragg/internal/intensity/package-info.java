/** Integrated intensities as symmetry, scaling and merging take them: rows, equivalents, shells. */
package org.mdx.bragg.internal.intensity;
