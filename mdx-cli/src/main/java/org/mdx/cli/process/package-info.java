/** The command that goes from images of many crystals to merged intensities. */
package org.mdx.cli.process;
