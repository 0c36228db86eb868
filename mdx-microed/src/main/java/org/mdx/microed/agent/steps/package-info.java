/**
 * The steps that a movie is taken through: compressed, transferred, or given to a program.
 *
 * <p>{@link org.mdx.microed.agent.steps.Step} is the interface to implement for another kind of
 * step, {@link org.mdx.microed.agent.steps.StepTypes} the kinds that a configuration can name. Uses
 * org.mdx.microed.agent.system and the repacking; knows no configuration and no journal.
 */
package org.mdx.microed.agent.steps;
