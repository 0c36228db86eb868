/**
 * Pipelines: the declared steps of a trial, from the movie to scaled intensities.
 *
 * <p>{@link org.mdx.microed.process.pipeline.Pipeline} is the value, {@link
 * org.mdx.microed.process.pipeline.Presets} and {@link org.mdx.microed.process.pipeline.SiteConfig}
 * make it. Runs nothing.
 */
package org.mdx.microed.process.pipeline;
