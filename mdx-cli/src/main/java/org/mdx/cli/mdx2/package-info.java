/** Launchers under the names of the commands of mdx2 that take its command lines. */
package org.mdx.cli.mdx2;
