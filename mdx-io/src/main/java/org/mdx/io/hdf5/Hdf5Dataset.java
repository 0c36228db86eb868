package org.mdx.io.hdf5;

import java.util.Arrays;
import java.util.List;
import org.mdx.io.hdf5.element.ElementType;
import org.mdx.io.hdf5.element.Elements;

/** A dataset to be written: numbers on a grid of any rank, frames, or one text. */
public final class Hdf5Dataset extends Hdf5Node {
  private final Elements elements;
  private final String text;
  private final int[] shape;
  private final FrameSource frames;
  private final ElementType frameType;
  private final int[] chunk;

  private Hdf5Dataset(Elements elements, String text, int[] shape) {
    this.elements = elements;
    this.text = text;
    this.shape = shape;
    this.frames = null;
    this.frameType = null;
    this.chunk = null;
  }

  private Hdf5Dataset(FrameSource frames, ElementType type, int[] shape, int[] chunk) {
    this.elements = null;
    this.text = null;
    this.shape = shape;
    this.frames = frames;
    this.frameType = type;
    this.chunk = chunk;
  }

  /**
   * Frames that are read while they are written, those of one layer of chunks at a time: the stack
   * may be larger than the memory.
   *
   * @param source of the frames
   * @param type {@link ElementType#INT32}, or {@link ElementType#BOOL} for values 0 and 1
   * @param shape number of frames, rows and columns, each 1 or more
   * @param chunk the same of a chunk; clipped to the shape
   * @return the dataset, of rank three
   * @throws IllegalArgumentException if a number is below 1, the type another, or a layer of chunks
   *     has 2³¹ pixels or more
   */
  public static Hdf5Dataset frames(FrameSource source, ElementType type, int[] shape, int[] chunk) {
    int[] clipped = new int[3];
    boolean valid = shape.length == 3 && chunk.length == 3;
    for (int a = 0; valid && a < 3; a++) {
      clipped[a] = Math.min(chunk[a], shape[a]);
      valid = clipped[a] >= 1;
    }
    valid = valid && (long) shape[1] * shape[2] * clipped[0] <= Integer.MAX_VALUE;
    if (!valid || type != ElementType.INT32 && type != ElementType.BOOL) {
      throw new IllegalArgumentException(
          type + " frames " + Arrays.toString(shape) + " in chunks of " + Arrays.toString(chunk));
    }
    return new Hdf5Dataset(source, type, shape.clone(), clipped);
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
    return of(elements, Math.toIntExact(elements.size()));
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

  boolean isStreamed() {
    return frames != null;
  }

  FrameSource frames() {
    return frames;
  }

  /** Type of its numbers. */
  ElementType type() {
    return frames == null ? elements.type() : frameType;
  }

  /** Lengths of the chunks of frames. */
  int[] chunk() {
    return chunk;
  }

  Elements elements() {
    return elements;
  }

  int[] shape() {
    return shape;
  }
}
