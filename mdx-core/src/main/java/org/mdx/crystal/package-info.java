/**
 * Unit cells, space groups and oriented crystals.
 *
 * <p>Main types: {@link org.mdx.crystal.Crystal} and {@link org.mdx.crystal.SpaceGroup}. Everything
 * about symmetry follows from the Hall symbol by integer and rational arithmetic, so that settings
 * nobody tabulated work like the others; a table of names (number, Hall, Hermann–Mauguin and
 * Schoenflies symbols of 530 settings) serves look-up only. Uses {@code org.mdx.math} alone.
 */
package org.mdx.crystal;
