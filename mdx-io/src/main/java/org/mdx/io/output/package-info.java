/**
 * Output that appears whole or not at all: {@link org.mdx.io.output.AtomicFile} writes under a
 * temporary name and renames, and clears what killed processes left. May use the JDK alone; every
 * format uses it.
 */
package org.mdx.io.output;
