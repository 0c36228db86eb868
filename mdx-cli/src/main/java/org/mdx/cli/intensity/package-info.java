/** Commands that work on integrated intensities: symmetry, scaling, merging. */
package org.mdx.cli.intensity;
