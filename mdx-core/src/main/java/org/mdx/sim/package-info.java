/**
 * A seeded simulator of whole rotation sweeps with a known answer, for demonstrations, tests and
 * benchmarks.
 *
 * <p>{@link org.mdx.sim.DiffuseModel} is the truth: an intensity for any (h, k, l), with the
 * crystal's Laue symmetry and reflection conditions. {@link org.mdx.sim.SimulatedSweep} records it
 * with a detector, as an {@link org.mdx.image.ImageSource} whose frames can be made in any order.
 * Main type: {@link org.mdx.sim.Simulation}, made from {@link org.mdx.sim.SimulationOptions}. Uses
 * the nouns {@code crystal}, {@code geometry}, {@code image}, {@code table} and {@code math}, and
 * none of the verbs: what is simulated must not be made by the steps that it is to test.
 */
package org.mdx.sim;
