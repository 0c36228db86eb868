package org.mdx.io.internal.hdf5.read;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.mdx.io.internal.hdf5.structure.Structures;

/** Compares the checksums of the structures that are read, and takes no notice of the rest. */
record Comparing(Store store) implements Structures {

  /** Structures by their signatures, as messages call them. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("OHDR", "object header"),
          Map.entry("OCHK", "continued object header"),
          Map.entry("FRHP", "fractal heap"),
          Map.entry("FHIB", "indirect block of a fractal heap"),
          Map.entry("FHDB", "direct block of a fractal heap"),
          Map.entry("FSHD", "list of free space"),
          Map.entry("FSSE", "list of free space"),
          Map.entry("BTHD", "B-tree header"),
          Map.entry("BTIN", "B-tree node"),
          Map.entry("BTLF", "B-tree node"),
          Map.entry("FAHD", "fixed array"),
          Map.entry("FADB", "block of a fixed array"),
          Map.entry("EAHD", "extensible array"),
          Map.entry("EAIB", "index block of an extensible array"),
          Map.entry("EASB", "super block of an extensible array"),
          Map.entry("EADB", "block of an extensible array"));

  @Override
  public void extent(long from, long length) {}

  @Override
  public void pointer(long at, long value) {}

  @Override
  public void checksum(long from, long length, long at) {
    int stored = (int) store.uint(at, Integer.BYTES);
    ByteBuffer summed = store.at(from, length).buffer();
    if (at >= from && at < from + length) {
      byte[] copy = store.bytes(from, length);
      summed = ByteBuffer.wrap(copy);
      summed.putInt((int) (at - from), 0);
    }
    byte[] signature = length < 4 ? new byte[0] : store.bytes(from, 4);
    String name =
        NAMES.getOrDefault(new String(signature, StandardCharsets.ISO_8859_1), "page of an array");
    store.compare(name, from, stored, summed);
  }
}
