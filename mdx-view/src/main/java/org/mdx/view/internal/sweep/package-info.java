/**
 * Frames as the page asks for them: tiles, masks, spots, with a cache of decoded frames that has a
 * limit. Main type: {@link org.mdx.view.internal.sweep.SweepData}. Memory does not depend on the
 * number of frames.
 */
package org.mdx.view.internal.sweep;
