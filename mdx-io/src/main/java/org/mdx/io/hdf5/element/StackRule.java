package org.mdx.io.hdf5.element;

/** Says which datasets are stacks of frames. */
@FunctionalInterface
public interface StackRule {

  /**
   * The frame axis of a dataset.
   *
   * @param path where it is in the file
   * @param shape lengths of its axes, two or three, none zero
   * @param type what its elements are, integers or reals
   * @return the first or the last axis, or −1 if it is no stack
   */
  int frameAxis(String path, int[] shape, StoredType type);
}
