package org.mdx.io.sweep;

/**
 * One thing that was found out about a sweep.
 *
 * @param what such as {@code distance}
 * @param value with its unit, for people
 * @param source where it is from: {@code header}, {@code profile NAME}, {@code --distance}, or
 *     {@code assumed} if nobody tells
 */
public record SourcedValue(String what, String value, String source) {}
