/**
 * What commands share on a terminal: options that all have, progress, signals, messages of what
 * went wrong, output that appears whole or not at all.
 */
package org.mdx.cli.terminal;
