package org.mdx.io.internal.hdf5.read;

import java.nio.file.Path;

/** A structure of which the bytes do not have the checksum that is stored with them. */
final class ChecksumMismatch extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient Path path;
  private final String structure;
  private final String stored;
  private final String found;

  /**
   * A mismatch.
   *
   * @param path the file that holds the structure
   * @param structure what it is, for users
   * @param at its byte position in the file
   */
  ChecksumMismatch(Path path, String structure, long at, int stored, int found) {
    super(String.format("%s at byte %d: checksum %08x, not %08x", structure, at, found, stored));
    this.path = path;
    this.structure = structure + " at byte " + at;
    this.stored = String.format("the checksum %08x, which is stored with it", stored);
    this.found = String.format("bytes with the checksum %08x", found);
  }

  Path path() {
    return path;
  }

  String structure() {
    return structure;
  }

  String stored() {
    return stored;
  }

  String found() {
    return found;
  }
}
