/**
 * Single sweeps of a reduction that wait until all are there: what one of many machines leaves for
 * the one that puts the sweeps together. Main type: {@link org.mdx.pipeline.parts.SweepParts},
 * which mdx-io keeps in a folder. Uses peaks and tables; the pipeline above uses it.
 */
package org.mdx.pipeline.parts;
