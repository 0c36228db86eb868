package org.mdx.integrate;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.mdx.table.ByteStore;

/** Arrays of numbers one behind the other in a store of bytes. For several threads. */
final class SpillFile {
  private static final int BUFFER = 1 << 18;

  private final ByteStore store;
  private final AtomicLong end = new AtomicLong();

  SpillFile(ByteStore store) {
    this.store = store;
  }

  /** Where the numbers are. */
  ByteStore store() {
    return store;
  }

  /** Makes room at the end. */
  long reserve(long bytes) {
    return end.getAndAdd(bytes);
  }

  /** Stores the first numbers of an array; the place after them. */
  long put(long at, long[] values, int count) {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (int i = 0; i < count; ) {
      int now = Math.min(count - i, BUFFER / Long.BYTES);
      buffer.clear().limit(now * Long.BYTES);
      buffer.asLongBuffer().put(values, i, now);
      store.write(at + (long) i * Long.BYTES, buffer);
      i += now;
    }
    return at + (long) count * Long.BYTES;
  }

  /** Stores the first numbers of an array; the place after them. */
  long put(long at, double[] values, int count) {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (int i = 0; i < count; ) {
      int now = Math.min(count - i, BUFFER / Double.BYTES);
      buffer.clear().limit(now * Double.BYTES);
      buffer.asDoubleBuffer().put(values, i, now);
      store.write(at + (long) i * Double.BYTES, buffer);
      i += now;
    }
    return at + (long) count * Double.BYTES;
  }

  /** Stores the first numbers of an array; the place after them. */
  long put(long at, int[] values, int count) {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (int i = 0; i < count; ) {
      int now = Math.min(count - i, BUFFER / Integer.BYTES);
      buffer.clear().limit(now * Integer.BYTES);
      buffer.asIntBuffer().put(values, i, now);
      store.write(at + (long) i * Integer.BYTES, buffer);
      i += now;
    }
    return at + (long) count * Integer.BYTES;
  }

  /** Stores the first numbers of an array; the place after them. */
  long put(long at, float[] values, int count) {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (int i = 0; i < count; ) {
      int now = Math.min(count - i, BUFFER / Float.BYTES);
      buffer.clear().limit(now * Float.BYTES);
      buffer.asFloatBuffer().put(values, i, now);
      store.write(at + (long) i * Float.BYTES, buffer);
      i += now;
    }
    return at + (long) count * Float.BYTES;
  }

  /** Fetches some numbers into an array from a place on; the place in the file after them. */
  long get(long at, long[] into, int first, int count) {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (int i = 0; i < count; ) {
      int now = Math.min(count - i, BUFFER / Long.BYTES);
      store.read(at + (long) i * Long.BYTES, buffer.clear().limit(now * Long.BYTES));
      buffer.flip().asLongBuffer().get(into, first + i, now);
      i += now;
    }
    return at + (long) count * Long.BYTES;
  }

  /** Fetches some numbers into an array from a place on; the place in the file after them. */
  long get(long at, double[] into, int first, int count) {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (int i = 0; i < count; ) {
      int now = Math.min(count - i, BUFFER / Double.BYTES);
      store.read(at + (long) i * Double.BYTES, buffer.clear().limit(now * Double.BYTES));
      buffer.flip().asDoubleBuffer().get(into, first + i, now);
      i += now;
    }
    return at + (long) count * Double.BYTES;
  }

  /** Fetches some numbers into an array from a place on; the place in the file after them. */
  long get(long at, int[] into, int first, int count) {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (int i = 0; i < count; ) {
      int now = Math.min(count - i, BUFFER / Integer.BYTES);
      store.read(at + (long) i * Integer.BYTES, buffer.clear().limit(now * Integer.BYTES));
      buffer.flip().asIntBuffer().get(into, first + i, now);
      i += now;
    }
    return at + (long) count * Integer.BYTES;
  }

  /** Fetches some numbers into an array from a place on; the place in the file after them. */
  long get(long at, float[] into, int first, int count) {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (int i = 0; i < count; ) {
      int now = Math.min(count - i, BUFFER / Float.BYTES);
      store.read(at + (long) i * Float.BYTES, buffer.clear().limit(now * Float.BYTES));
      buffer.flip().asFloatBuffer().get(into, first + i, now);
      i += now;
    }
    return at + (long) count * Float.BYTES;
  }
}
