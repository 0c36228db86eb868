/**
 * HTML and SVG as text in which nothing that comes from outside is markup.
 *
 * <p>Main type: {@link org.mdx.markup.Html}. Reports, the agent's page and figures write with it.
 * Uses the JDK alone. A template engine was not taken: the pages are tables whose rows are
 * computed, and a builder that escapes leaves no place where escaping can be forgotten.
 */
package org.mdx.markup;
