/**
 * What the agent asks of the operating system: locks, clocks, free space, digests, programs, names
 * of files, and the agent's log.
 *
 * <p>The lowest package of the agent: it uses mdx-io and no other part of MicroED data handling.
 * Not meant for other programs.
 */
package org.mdx.microed.agent.system;
