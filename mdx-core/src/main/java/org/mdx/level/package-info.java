/** How much each image of a sweep has of what the others have, from any measure of them. */
package org.mdx.level;
