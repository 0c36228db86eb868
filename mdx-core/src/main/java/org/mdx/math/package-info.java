/** Three-vectors and 3 × 3 matrices, immutable, for everything that is not a hot loop. */
package org.mdx.math;
