/**
 * Commands that look into files and make others of them: import, info, export, masks, simulated
 * images.
 */
package org.mdx.cli.file;
