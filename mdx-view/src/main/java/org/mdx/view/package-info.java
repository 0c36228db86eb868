/**
 * The viewer in the browser: a server on the loopback address that shows maps, frames and scaling
 * models, and a page that shows maps without a server.
 *
 * <p>Main type: {@link org.mdx.view.Viewer}. It shows values of {@code mdx-core} in the colours of
 * {@code mdx-figures}; who calls it opens the files. Colours are made in the page from numbers that
 * the server sends, so contrast costs no request, and what the page names are numbers of the
 * values, never files.
 */
package org.mdx.view;
