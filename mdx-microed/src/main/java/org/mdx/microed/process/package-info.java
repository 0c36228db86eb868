/**
 * Trials of a crystal: a declared row of steps from the movie to scaled intensities, run for many
 * crystals unattended.
 *
 * <p>Main types: {@link org.mdx.microed.process.pipeline.Pipeline}, what to do, a value that {@link
 * org.mdx.microed.process.pipeline.Presets} or a site's file ({@link
 * org.mdx.microed.process.pipeline.SiteConfig}) gives; {@link
 * org.mdx.microed.process.engine.StepEngine}, who does a step, which is a program of DIALS or code
 * of this project; {@link org.mdx.microed.process.Processing}, which runs trials of movies. A step
 * runs in a folder of its own, whose files get their names in the trial only when it has succeeded,
 * so that what a killed program leaves is never taken for a result; {@code state.json} says of each
 * step whether it is done. Uses the readers of mdx-io and no other part of MicroED data handling:
 * steps that need one are given to it as {@link org.mdx.microed.process.engine.NativeStep}.
 */
package org.mdx.microed.process;
