/** From the images of one or many crystals to merged intensities, unattended. */
package org.mdx.bragg.process;
