/**
 * A program that watches a folder of movies and takes each finished one through steps: compressed,
 * transferred, processed, summarised.
 *
 * <p>{@link org.mdx.microed.agent.Agent} is the main type, made of an {@link
 * org.mdx.microed.agent.config.AgentConfig} that is read from one TOML file. It may use every other
 * part of org.mdx.microed; none of them knows it.
 *
 * <p>From below: {@code system} (the operating system's services), {@code steps}, {@code config},
 * {@code journal}, {@code watch} (finds movies), {@code page} (shows the status); this package puts
 * them together.
 *
 * <p>Three things make it hold through crashes. What has happened is in a journal, of which a line
 * is on the disk before the next thing begins. A product is written in a folder {@code
 * .mdx-staging}, its size and digest go to the journal, and then it is renamed to its final name,
 * so that after a crash between any two of these the same product is recognized and not made again.
 * And a lock of the operating system keeps a second agent out, which ends with its process.
 */
package org.mdx.microed.agent;
