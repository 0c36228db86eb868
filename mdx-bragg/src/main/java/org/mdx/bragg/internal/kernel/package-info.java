/**
 * Hot loops of the Bragg steps over primitive arrays. They do not check their arguments, and use
 * the JDK alone; each has a slow twin in the tests.
 */
package org.mdx.bragg.internal.kernel;
