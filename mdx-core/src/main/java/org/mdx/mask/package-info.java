/**
 * Pixel masks from a description: borders, shapes on the panels, ranges of resolution, rings of ice
 * and of other powders.
 *
 * <p>Main type: {@link org.mdx.mask.MaskGenerator}. What it is given are {@link
 * org.mdx.mask.MaskOptions}; what it makes is a {@link org.mdx.image.PixelMask} for each panel,
 * which is what everything else takes. Which pixels belong to a shape is decided as DIALS does, so
 * that a mask made here is the one that {@code dials.generate_mask} would have made. Uses {@code
 * org.mdx.geometry}, {@code org.mdx.image}, {@code org.mdx.crystal} and {@code org.mdx.parallel}.
 */
package org.mdx.mask;
