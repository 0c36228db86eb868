/**
 * Scaling models as values: {@link org.mdx.scale.ScalingModel} with its four terms, absorption a(x,
 * y, φ), scale b(φ), offset c(s, φ) and detector d(x, y), each on a grid of control points ({@link
 * org.mdx.scale.ControlGrid}) between which it is interpolated linearly.
 *
 * <p>I = a·d·(b·M + c) with the merged intensity M, as mdx2 has it (Meisburger &amp; Ando, Acta
 * Cryst. D80, 299, 2024). The package knows nothing of how a model is refined, which is {@link
 * org.mdx.scaling}'s, so that merging and fine maps need just the model. May use tables, geometry
 * and mathematics.
 */
package org.mdx.scale;
