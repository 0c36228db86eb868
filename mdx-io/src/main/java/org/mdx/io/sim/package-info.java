/**
 * Simulated sweeps as files, as if an instrument had written them.
 *
 * <p>Main types: {@link org.mdx.io.sim.SimulationWriter}, and {@link
 * org.mdx.io.sim.SpotSweepWriter} for sweeps of Bragg spots with their truth. It is no format of
 * its own: it puts the frames of {@code org.mdx.sim} into the files of {@code org.mdx.io.cbf} and
 * {@code org.mdx.io.dials}, and is the only package that uses both.
 */
package org.mdx.io.sim;
