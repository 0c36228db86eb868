/**
 * Scale factors of integrated intensities by a physical model, outliers, and standard deviations
 * that agree with the scatter of equivalents.
 */
package org.mdx.bragg.scale;
