/**
 * MTZ, CCP4's table of reflections. A subdivided table becomes one of a super-cell, whose axes are
 * ndiv times as long, so that its indices H = h·ndiv are integers.
 *
 * <p>Main type: {@link org.mdx.io.mtz.Mtz}. Uses {@code org.mdx.io}, tables and space groups of
 * mdx-core.
 */
package org.mdx.io.mtz;
