/** Commands on the experiment lists and reflection tables of DIALS. */
package org.mdx.cli.dials;
