/**
 * Tables as text: CSV with a header, and lines {@code h k l I sigma}.
 *
 * <p>Main types: {@link org.mdx.io.text.Csv}, {@link org.mdx.io.text.HklText}. Both write
 * fractional h, k, l of subdivided tables. Uses {@code org.mdx.io} and tables of mdx-core.
 */
package org.mdx.io.text;
