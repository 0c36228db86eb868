/**
 * Unit cells, space groups and oriented crystals.
 *
 * <p>Everything about symmetry follows from the Hall symbol. Main types: {@link
 * org.mdx.crystal.Crystal} and {@link org.mdx.crystal.SpaceGroup}. Uses {@code org.mdx.math} alone.
 */
package org.mdx.crystal;
