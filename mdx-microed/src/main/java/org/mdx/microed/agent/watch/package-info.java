/**
 * Finds finished movies in the watched folder and enters them in the journal.
 *
 * <p>{@link org.mdx.microed.agent.watch.MovieFinder} looks, {@link
 * org.mdx.microed.agent.watch.Admission} enters what it has found. Not meant for other programs.
 */
package org.mdx.microed.agent.watch;
