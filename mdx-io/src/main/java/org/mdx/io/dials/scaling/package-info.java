/** Scaling models as experiment lists keep them. */
package org.mdx.io.dials.scaling;
