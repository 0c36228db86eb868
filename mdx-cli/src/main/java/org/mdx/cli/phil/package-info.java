/**
 * Programs of DIALS as their launchers take them: the parameters of a command line in phil, turned
 * into the options of mdx.
 */
package org.mdx.cli.phil;
