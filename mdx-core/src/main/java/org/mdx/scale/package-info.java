/** Brings sweeps on one scale: {@link org.mdx.scale.ScalingModel} with its four terms. */
package org.mdx.scale;
