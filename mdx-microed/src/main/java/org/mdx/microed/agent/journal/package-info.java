/**
 * The record of what has happened to each movie, which outlives the agent.
 *
 * <p>{@link org.mdx.microed.agent.journal.Journal} is the file, {@link
 * org.mdx.microed.agent.journal.Ledger} what its lines add up to. A line is on the disk before what
 * follows it begins: so the next agent knows where the last one ended, however it ended. Not meant
 * for other programs.
 */
package org.mdx.microed.agent.journal;
