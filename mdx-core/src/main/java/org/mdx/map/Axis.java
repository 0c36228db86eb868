package org.mdx.map;

/** An index axis of a map. */
public enum Axis {
  /** Along h. */
  H,
  /** Along k. */
  K,
  /** Along l. */
  L
}
