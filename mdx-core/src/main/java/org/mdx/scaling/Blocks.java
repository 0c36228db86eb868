package org.mdx.scaling;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.mdx.table.ByteStore;

/**
 * Blocks of observations, in memory or in a store of bytes from which one at a time is fetched by
 * each thread. In a store a block is its columns one behind the other.
 */
final class Blocks {

  /** What a block is without its observations. */
  record Shape(int firstVoxel, int voxels, int[] start) implements Serializable {
    int size() {
      return start[start.length - 1];
    }
  }

  /** Fills the part of a block that belongs to one sweep. */
  interface Filler {
    void fill(int number, Block block);
  }

  private final boolean panels;
  private final boolean expected;
  private final List<Shape> shapes = new ArrayList<>();
  private final List<Block> kept = new ArrayList<>();
  private final List<Long> places = new ArrayList<>();
  private final ByteStore store;
  private long end;

  /**
   * No blocks yet.
   *
   * @param panels whether observations tell their panel
   * @param expected whether variances follow the expected intensity
   * @param store where they are kept, null for memory
   */
  Blocks(boolean panels, boolean expected, ByteStore store) {
    this.panels = panels;
    this.expected = expected;
    this.store = store;
  }

  /** Adds a block without observations as yet. */
  void add(Shape shape) {
    shapes.add(shape);
    places.add(end);
    if (store == null) {
      kept.add(empty(shape));
    } else {
      end += (long) shape.size() * bytes();
    }
  }

  /** Adds a block that lies in memory. */
  void add(Block block) {
    shapes.add(new Shape(block.firstVoxel, block.voxels, block.start));
    places.add(end);
    kept.add(block);
  }

  private Block empty(Shape shape) {
    return new Block(shape.firstVoxel(), shape.voxels(), shape.start(), panels, expected);
  }

  /** Bytes of an observation. */
  private int bytes() {
    return Character.BYTES * (panels ? 2 : 1) + Float.BYTES * (expected ? 7 : 6);
  }

  boolean isExpected() {
    return expected;
  }

  /** Whether observations tell their panel. */
  boolean hasPanels() {
    return panels;
  }

  Shape shape(int number) {
    return shapes.get(number);
  }

  int count() {
    return shapes.size();
  }

  boolean isInMemory() {
    return store == null;
  }

  /** Observations of all blocks. */
  long observations() {
    return shapes.stream().mapToLong(Shape::size).sum();
  }

  int mostObservations() {
    return shapes.stream().mapToInt(Shape::size).max().orElse(0);
  }

  int mostVoxels() {
    return shapes.stream().mapToInt(Shape::voxels).max().orElse(0);
  }

  /** Has the observations of one sweep put into a block; to be called once for each. */
  void fill(int number, int sweep, Filler filler) {
    if (store == null) {
      filler.fill(number, kept.get(number));
      return;
    }
    Shape shape = shapes.get(number);
    int from = shape.start()[sweep];
    int to = shape.start()[sweep + 1];
    if (to > from) {
      Block block = empty(shape);
      filler.fill(number, block);
      transfer(block, number, from, to, true);
    }
  }

  /** A block, which belongs to the caller until {@link #close}. */
  Block open(int number) {
    if (store == null) {
      return kept.get(number);
    }
    Block block = empty(shapes.get(number));
    transfer(block, number, 0, block.size(), false);
    return block;
  }

  /** Keeps what was rejected or readmitted. */
  void close(int number, Block block) {
    if (store != null && block.isChanged()) {
      float[] sign = block.slope == null ? block.error : block.slope;
      long at = places.get(number);
      for (float[] column : block.floats()) {
        if (column == sign) {
          floats(column, at + heads(block), 0, block.size(), true);
        }
        at += (long) Float.BYTES * block.size();
      }
    }
  }

  /** Bytes of the columns before the first of floats. */
  private long heads(Block block) {
    return (long) Character.BYTES * (panels ? 2 : 1) * block.size();
  }

  /** Writes or reads observations of all columns. */
  private void transfer(Block block, int number, int from, int to, boolean write) {
    long at = places.get(number);
    int n = block.size();
    for (char[] column :
        block.panel == null ? List.of(block.voxel) : List.of(block.voxel, block.panel)) {
      characters(column, at, from, to, write);
      at += (long) Character.BYTES * n;
    }
    for (float[] column : block.floats()) {
      floats(column, at, from, to, write);
      at += (long) Float.BYTES * n;
    }
  }

  private void characters(char[] column, long at, int from, int to, boolean write) {
    ByteBuffer buffer = buffer(Character.BYTES * (to - from));
    long place = at + (long) Character.BYTES * from;
    if (write) {
      buffer.asCharBuffer().put(column, from, to - from);
      store.write(place, buffer);
    } else {
      store.read(place, buffer);
      buffer.flip().asCharBuffer().get(column, from, to - from);
    }
  }

  private void floats(float[] column, long at, int from, int to, boolean write) {
    ByteBuffer buffer = buffer(Float.BYTES * (to - from));
    long place = at + (long) Float.BYTES * from;
    if (write) {
      buffer.asFloatBuffer().put(column, from, to - from);
      store.write(place, buffer);
    } else {
      store.read(place, buffer);
      buffer.flip().asFloatBuffer().get(column, from, to - from);
    }
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
  }
}
