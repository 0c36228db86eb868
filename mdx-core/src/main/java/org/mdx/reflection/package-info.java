/**
 * Bragg reflections as a value: immutable columns of primitive numbers, each under a typed key with
 * its unit. Main type: {@link org.mdx.reflection.Reflections}. The steps of the Bragg engine take
 * and give them, and {@code mdx-io} maps them to the {@code .refl} files of DIALS, whose names and
 * flags they have, so that both programs can go on from each other's tables.
 *
 * <p>Columns are looked up by key and not by a name in text, so that the compiler tells what a
 * column holds; columns that nobody here knows pass through under keys made from their name. Uses
 * the JDK alone.
 */
package org.mdx.reflection;
