/**
 * Engines: they run one step of a trial, by a program of DIALS or by code of this project.
 *
 * <p>{@link org.mdx.microed.process.engine.StepEngine} is the interface. Knows neither pipelines
 * nor trials.
 */
package org.mdx.microed.process.engine;
