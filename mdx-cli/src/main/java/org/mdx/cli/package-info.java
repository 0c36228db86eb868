/**
 * The {@code mdx} command: {@link org.mdx.cli.Main} lists the commands of the packages below and
 * runs one. A command reads its options, calls the library and prints; checks and defaults stand in
 * the library. {@code terminal} is below the packages of commands, this one above them.
 */
package org.mdx.cli;
