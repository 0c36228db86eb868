/** The entry point of the library, {@link org.mdx.Mdx}. */
package org.mdx;
