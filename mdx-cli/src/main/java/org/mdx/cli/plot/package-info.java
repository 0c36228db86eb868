/**
 * Pictures of maps, drawn without a screen and without a plotting library.
 *
 * <p>Main type: {@link org.mdx.cli.plot.SlicePlot}. Uses {@code org.mdx.map}, {@code
 * org.mdx.crystal} and the JDK's own two-dimensional graphics, and knows nothing of files or
 * commands.
 */
package org.mdx.cli.plot;
