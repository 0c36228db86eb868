/** How words of the command line become values. */
package org.mdx.cli.value;
