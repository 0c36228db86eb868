/** The commands of a MicroED laboratory: the agent, movies, trials of crystals, tables. */
package org.mdx.cli.microed;
