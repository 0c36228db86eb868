/**
 * Hot loops: static methods over primitive arrays that check nothing, allocate nothing and know no
 * domain type. Their callers check; their slow twins are in the tests. Uses nothing.
 */
package org.mdx.internal.kernel;
