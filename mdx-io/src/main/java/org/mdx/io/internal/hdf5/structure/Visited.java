package org.mdx.io.internal.hdf5.structure;

import java.util.HashSet;
import java.util.Set;

/** Remembers the nodes of a tree, so that damaged ones cannot lead in circles. */
public final class Visited {
  private final Set<Long> addresses = new HashSet<>();

  public void add(long address) {
    if (!addresses.add(address)) {
      throw new IllegalArgumentException("a node at " + address + " that is met twice");
    }
  }
}
