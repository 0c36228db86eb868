package org.mdx.io.hdf5;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mdx.io.internal.hdf5.structure.MetadataBlock;

/** A group to be written. */
public final class Hdf5Group extends Hdf5Node {

  /** What one B-tree node over symbol tables of eight entries can hold. */
  private static final int MAXIMUM_MEMBERS = 256;

  private final SortedMap<String, Hdf5Node> members = new TreeMap<>();

  /** An empty group without attributes. */
  public Hdf5Group() {}

  /**
   * Adds an attribute, a text.
   *
   * @param name ASCII
   * @param value the text
   * @return this group
   */
  public Hdf5Group attribute(String name, String value) {
    putAttribute(name, List.of(value), true);
    return this;
  }

  /**
   * Adds an attribute, a list of texts.
   *
   * @param name ASCII
   * @param values the texts
   * @return this group
   */
  public Hdf5Group attribute(String name, List<String> values) {
    putAttribute(name, values, false);
    return this;
  }

  /**
   * Adds a member.
   *
   * @param name ASCII, without slash
   * @param member a group or a dataset
   * @return this group
   * @throws IllegalArgumentException if the name is taken or not allowed, or there are 256 members
   */
  public Hdf5Group add(String name, Hdf5Node member) {
    MetadataBlock.checkName(name);
    if (members.containsKey(name)) {
      throw new IllegalArgumentException("the group has a member '" + name + "' already");
    }
    if (members.size() == MAXIMUM_MEMBERS) {
      throw new IllegalArgumentException(
          "no room for '" + name + "': a group holds " + MAXIMUM_MEMBERS + " members");
    }
    members.put(name, member);
    return this;
  }

  /** Members in the order of their names, which is the order of their ASCII bytes. */
  SortedMap<String, Hdf5Node> members() {
    return Collections.unmodifiableSortedMap(members);
  }
}
