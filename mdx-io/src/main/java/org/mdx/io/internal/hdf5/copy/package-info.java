/**
 * Copies of files that compress stacks of frames and leave every other byte as it is, but for
 * addresses and checksums. Main type: {@link org.mdx.io.internal.hdf5.copy.Copier}. It walks all
 * that a file holds, and refuses what it does not understand, because it might hold addresses. Uses
 * the other rooms but {@code read}.
 */
package org.mdx.io.internal.hdf5.copy;
