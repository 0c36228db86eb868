/**
 * Simulated sweeps of Bragg spots whose truth is known spot by spot, for engines that find, index,
 * refine and integrate.
 *
 * <p>{@link org.mdx.sim.Simulation} makes a signal in reciprocal space and looks at it; here a spot
 * is placed where the geometry says, and spread by the two widths of W. Kabsch's model: σ_b of
 * direction and σ_m of rotation (Acta Cryst. D 66, 133, 2010). So its place, its counts and the
 * part of them that is recorded are numbers, not outcomes. Several crystals, drift, headers that
 * are wrong by known amounts, cameras with gain, pedestal and read noise, and decay can be added.
 *
 * <p>Main type: {@link org.mdx.sim.bragg.SpotSweep}, made from {@link
 * org.mdx.sim.bragg.BraggOptions}; {@link org.mdx.sim.bragg.SweepKind} is a catalogue of ten kinds,
 * each varied by a seed. Uses what {@link org.mdx.sim} uses, and its detectors and random numbers.
 */
package org.mdx.sim.bragg;
