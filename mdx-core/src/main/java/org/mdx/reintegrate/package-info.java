/**
 * Fine maps: counts of all sweeps on any subdivision, corrected and scaled pixel by pixel with
 * models that are already known.
 *
 * <p>For each voxel of the asymmetric unit, over all its pixels in all sweeps, with the corrections
 * ΩTEP and the scaling model I = a d (b M + c):
 *
 * <pre>
 * scale = Σ seconds·ΩTEP·a·b·d    background = Σ seconds·(rate + c·a·d·ΩTEP)
 * M     = (Σ counts − background)/scale
 * </pre>
 *
 * <p>So voxels may be smaller than what one observation can be told from the background by. Main
 * type: {@link org.mdx.reintegrate.Reintegrator}. What a pixel is worth comes from a {@link
 * org.mdx.reintegrate.PixelModel}: {@link org.mdx.reintegrate.ScaledPixels} takes it from a scaling
 * model, a background and those corrections that its caller applies. Which these are, the pipeline
 * says ({@code FineMaps}), since a step knows no other step. Memory goes with the voxels of a tile
 * of the region, not with observations, frames or the cube of the resolution. Uses the nouns and
 * the kernels.
 */
package org.mdx.reintegrate;
