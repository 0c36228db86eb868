/**
 * What a request may be and what a reply holds: the checks of the server's door, the numbers of a
 * query, the files of the page. Main type: {@link org.mdx.view.internal.http.Gate}. Uses the JDK
 * and Jackson alone.
 */
package org.mdx.view.internal.http;
