/**
 * Trees of JSON, read and written token by token. The mapper of the JSON library would do the same,
 * but it first loads three hundred classes that bind JSON to Java objects, which takes longer than
 * a short command has to do. May use the JSON library alone.
 */
package org.mdx.io.internal.json;
