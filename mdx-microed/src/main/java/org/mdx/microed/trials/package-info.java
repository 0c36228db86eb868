/**
 * The parts that a trial is made of, put together: {@code process} runs steps and knows none of
 * them, {@code blanks} and others do the work and know no trial.
 *
 * <p>Main type: {@link org.mdx.microed.trials.Engines}. May use every part of MicroED data handling
 * except the agent, which may use this one.
 */
package org.mdx.microed.trials;
