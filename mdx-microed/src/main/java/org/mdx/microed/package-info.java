/**
 * Data handling of a MicroED (electron diffraction) laboratory, from recorded movies to a ranked
 * table of crystals.
 *
 * <p>One package for each part of the day, usable alone: {@code repack} (compressed movies), {@code
 * agent} (a folder watched and its movies taken through steps), {@code process} (trials of a
 * crystal), {@code blanks} (frames without diffraction), {@code detector} (pedestal, gain and noise
 * from images), {@code results} (tables). Parts do not know one another, except the agent, which
 * may call them all.
 */
package org.mdx.microed;
