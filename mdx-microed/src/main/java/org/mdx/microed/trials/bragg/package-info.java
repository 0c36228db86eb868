/**
 * The steps of a trial without DIALS: each takes the files and the parameters of the DIALS program
 * of its name, and leaves files of the same names, which DIALS could go on from.
 *
 * <p>Main type: {@link org.mdx.microed.trials.bragg.BraggSteps}, all of them. A parameter that a
 * step does not know is refused by name.
 */
package org.mdx.microed.trials.bragg;
