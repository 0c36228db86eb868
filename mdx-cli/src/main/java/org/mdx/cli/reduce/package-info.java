/**
 * The whole job as one command, {@code mdx reduce} and {@code mdx demo}: a listener that prints,
 * times and keeps what the library does, and the files it leaves.
 */
package org.mdx.cli.reduce;
