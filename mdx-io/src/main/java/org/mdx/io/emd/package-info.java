/**
 * Images in Velox EMD files of electron microscopes. Main type: {@link org.mdx.io.emd.EmdFormat}.
 * May use {@code org.mdx.io}, {@code org.mdx.io.hdf5} and Jackson.
 */
package org.mdx.io.emd;
