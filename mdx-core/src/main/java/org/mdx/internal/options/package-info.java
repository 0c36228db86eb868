/**
 * How options are held: {@link org.mdx.internal.options.Draft}, so that options of ten fields need
 * no constructor of ten parameters. Uses the JDK alone.
 */
package org.mdx.internal.options;
