/**
 * The stages of a reduction as values: each step returns the next stage and leaves the one before
 * as it was, so that a wrong order does not compile and every product can be taken out and looked
 * at. Starts at {@link org.mdx.Mdx}. May use everything in the core.
 */
package org.mdx.pipeline;
