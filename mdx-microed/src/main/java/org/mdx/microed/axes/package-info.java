/**
 * How the axes of crystals lie to the beam while they turn.
 *
 * <p>Main types: {@link org.mdx.microed.axes.AxisAngles}, the angles at every image; {@link
 * org.mdx.microed.axes.AxesDrawing}, the axes on a picture of the crystal.
 */
package org.mdx.microed.axes;
