/** The stages of a reduction as commands, with the arguments and file names of mdx2. */
package org.mdx.cli.stage;
