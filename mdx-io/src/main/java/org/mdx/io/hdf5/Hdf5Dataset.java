package org.mdx.io.hdf5;

import java.util.Arrays;
import java.util.List;

/** A dataset to be written: numbers on a grid of any rank, or one text. */
public final class Hdf5Dataset extends Hdf5Node {
  private final Elements elements;
  private final String text;
  private final int[] shape;

  private Hdf5Dataset(Elements elements, String text, int[] shape) {
    this.elements = elements;
    this.text = text;
    this.shape = shape;
  }

  /**
   * A grid of numbers.
   *
   * @param elements the numbers in C order
   * @param shape length along each axis, slowest first; none for a single number
   * @return the dataset
   * @throws IllegalArgumentException if the shape does not hold that many elements
   */
  public static Hdf5Dataset of(Elements elements, int... shape) {
    long n = 1;
    for (int s : shape) {
      n = s < 0 ? -1 : Math.multiplyExact(n, s);
    }
    if (n != elements.size()) {
      throw new IllegalArgumentException(
          elements.size() + " elements for the shape " + Arrays.toString(shape));
    }
    return new Hdf5Dataset(elements, null, shape.clone());
  }

  /**
   * A row of numbers.
   *
   * @param elements the numbers
   * @return a dataset of rank one
   */
  public static Hdf5Dataset row(Elements elements) {
    return of(elements, elements.size());
  }

  /**
   * One text.
   *
   * @param text UTF-8 in the file
   * @return the dataset, of rank zero
   */
  public static Hdf5Dataset text(String text) {
    return new Hdf5Dataset(null, text, new int[0]);
  }

  /**
   * Adds an attribute, a text.
   *
   * @param name ASCII
   * @param value the text
   * @return this dataset
   */
  public Hdf5Dataset attribute(String name, String value) {
    putAttribute(name, List.of(value), true);
    return this;
  }

  boolean isText() {
    return text != null;
  }

  String text() {
    return text;
  }

  Elements elements() {
    return elements;
  }

  int[] shape() {
    return shape;
  }
}
