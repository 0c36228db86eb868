/**
 * How values of mdx show themselves in a notebook: figures as pictures, tables as tables.
 *
 * <p>Main type: {@link org.mdx.jupyter.Shown}. The kernels of rapaio and JJava find the two other
 * types as services; each is of use with its own kernel alone.
 */
package org.mdx.jupyter;
