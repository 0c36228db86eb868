/**
 * Simulated sweeps as files, as if an instrument had written them.
 *
 * <p>Main type: {@link org.mdx.io.sim.SimulationWriter}. It is no format of its own: it puts the
 * frames of {@code org.mdx.sim} into the files of {@code org.mdx.io.cbf} and {@code
 * org.mdx.io.dials}, and is the only package that uses both.
 */
package org.mdx.io.sim;
