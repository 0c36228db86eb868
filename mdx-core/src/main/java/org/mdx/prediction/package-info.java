/**
 * Where and when reflections are expected: from Miller index to rotation angles, ray and place on
 * the detector. Main type: {@link org.mdx.prediction.Prediction}. Uses {@code org.mdx.geometry},
 * {@code org.mdx.crystal}, {@code org.mdx.reflection} and {@code org.mdx.math}.
 *
 * <p>Angles come in closed form and not from a search over frames, since all indices up to the
 * resolution are then as cheap as those of a few frames, and reflections that cross the sphere
 * twice in one frame need no care. Places on the detector are the exact inverse of what {@code
 * Geometry} says about a pixel; DIALS approximates the depth of absorption there by some 10⁻³
 * pixels ({@code Panel.pixelAsDials}).
 */
package org.mdx.prediction;
