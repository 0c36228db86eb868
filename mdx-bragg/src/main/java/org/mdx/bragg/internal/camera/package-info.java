/** What frames tell of a camera where its headers do not: finding spots and integrating need it. */
package org.mdx.bragg.internal.camera;
