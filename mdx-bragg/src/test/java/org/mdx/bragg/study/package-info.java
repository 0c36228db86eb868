/** Studies with a main method that print what documents say. */
package org.mdx.bragg.study;
