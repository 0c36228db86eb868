/**
 * Hot loops over primitive arrays that check nothing and know no domain type: static methods, or
 * small objects that hold the arrays which stay the same from call to call and take them into
 * locals. No loop allocates; what a kernel allocates before or after one, its documentation says.
 * Their callers check; their slow twins are in the tests. Uses nothing.
 */
package org.mdx.internal.kernel;
