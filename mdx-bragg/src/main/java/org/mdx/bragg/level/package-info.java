/** How much intensity the images of a sweep have against each other, before anything is scaled. */
package org.mdx.bragg.level;
