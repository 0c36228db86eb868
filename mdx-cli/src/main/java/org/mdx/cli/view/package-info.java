/**
 * The command that opens files and shows them in the browser. Main type: {@link
 * org.mdx.cli.view.ViewCommand}. It opens files through {@code org.mdx.io} and hands values to
 * {@code org.mdx.view}, which knows no files.
 */
package org.mdx.cli.view;
