package org.mdx.io.internal.hdf5.write;

import java.util.List;
import org.mdx.io.internal.hdf5.structure.MetadataBlock;

/** The messages of one object, collected and then written as a version 1 object header. */
public final class ObjectHeader {
  private static final int DATASPACE = 0x01;
  private static final int DATATYPE = 0x03;
  private static final int FILL_VALUE = 0x05;
  private static final int DATA_LAYOUT = 0x08;
  private static final int FILTERS = 0x0B;
  private static final int ATTRIBUTE = 0x0C;
  private static final int SYMBOL_TABLE = 0x11;

  private static final int MAXIMUM_MESSAGE = 65528;

  private final MetadataBlock messages = new MetadataBlock(0);
  private int count;

  public void shape(int[] shape) {
    add(DATASPACE, dataspace(shape));
  }

  /** A shape of which the last axis can grow. */
  public void growingShape(int[] shape) {
    MetadataBlock b = new MetadataBlock(0).u8(1).u8(shape.length).u8(1).zeros(5);
    for (int s : shape) {
      b.u64(s);
    }
    for (int a = 0; a < shape.length; a++) {
      b.u64(a == shape.length - 1 ? -1 : shape[a]);
    }
    add(DATASPACE, b.toBytes());
  }

  public void type(byte[] datatype) {
    add(DATATYPE, datatype);
  }

  /** Zero for what was never written; space allocated late or, for chunks, as they come. */
  public void fillValue(boolean chunked) {
    add(FILL_VALUE, new MetadataBlock(0).u8(2).u8(chunked ? 3 : 2).u8(2).u8(1).u32(0).toBytes());
  }

  public void contiguous(long address, long bytes) {
    add(DATA_LAYOUT, new MetadataBlock(0).u8(3).u8(1).u64(address).u64(bytes).toBytes());
  }

  public void chunked(long index, int[] chunk, int elementBytes) {
    MetadataBlock b = new MetadataBlock(0).u8(3).u8(2).u8(chunk.length + 1).u64(index);
    for (int c : chunk) {
      b.u32(c);
    }
    add(DATA_LAYOUT, b.u32(elementBytes).toBytes());
  }

  /** Filter 2 (shuffle), then filter 1 (deflate). */
  public void shuffleAndDeflate(int elementBytes, int level) {
    MetadataBlock b = new MetadataBlock(0).u8(1).u8(2).zeros(6);
    b.u16(2).u16(0).u16(1).u16(1).u32(elementBytes).u32(0);
    b.u16(1).u16(0).u16(1).u16(1).u32(level).u32(0);
    add(FILTERS, b.toBytes());
  }

  /** An attribute, one text or a list of texts. */
  public void attribute(String name, List<String> values, boolean scalar, GlobalHeap texts) {
    byte[] type = GlobalHeap.datatypeMessage();
    byte[] space = dataspace(scalar ? new int[0] : new int[] {values.size()});
    MetadataBlock b = new MetadataBlock(0);
    b.u8(1).u8(0).u16(name.length() + 1).u16(type.length).u16(space.length);
    b.ascii(name).u8(0).align().bytes(type).align().bytes(space).align();
    for (String v : values) {
      b.bytes(texts.reference(v));
    }
    add(ATTRIBUTE, b.toBytes());
  }

  public void symbolTable(long tree, long heap) {
    add(SYMBOL_TABLE, new MetadataBlock(0).u64(tree).u64(heap).toBytes());
  }

  /** Writes the header and returns its address. */
  public long write(MetadataBlock out) {
    byte[] m = messages.toBytes();
    long address = out.align().address();
    out.u8(1).u8(0).u16(count).u32(1).u32(m.length).u32(0).bytes(m);
    return address;
  }

  private void add(int type, byte[] data) {
    int size = (data.length + 7) & ~7;
    if (size > MAXIMUM_MESSAGE) {
      throw new IllegalArgumentException(
          "an attribute of " + data.length + " bytes; HDF5 holds " + MAXIMUM_MESSAGE);
    }
    messages.u16(type).u16(size).u8(0).zeros(3).bytes(data).align();
    count++;
  }

  private static byte[] dataspace(int[] shape) {
    MetadataBlock b = new MetadataBlock(0).u8(1).u8(shape.length).zeros(6);
    for (int s : shape) {
      b.u64(s);
    }
    return b.toBytes();
  }
}
