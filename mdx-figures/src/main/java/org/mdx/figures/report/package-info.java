/**
 * Reports: a page of one file that says what was done, whether it is good, and how to repeat it.
 *
 * <p>Main type: {@link org.mdx.figures.report.Report}, a builder of sections over {@link
 * org.mdx.figures.Page}; {@link org.mdx.figures.report.ReductionReport} fills it from a reduction.
 */
package org.mdx.figures.report;
