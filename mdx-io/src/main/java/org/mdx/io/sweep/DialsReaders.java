package org.mdx.io.sweep;

/** Which images DIALS 3.12 reads without a plug-in. */
final class DialsReaders {
  private DialsReaders() {}

  /** What a user must know who goes on with DIALS; empty if there is nothing. */
  static String missing(String format) {
    return switch (format) {
      case "miniCBF", "CBF/imgCIF", "SMV", "NXmx", "Dectris HDF5", "MRC" -> "";
      default ->
          "DIALS has no reader of its own for "
              + format
              + ": it shows this list, but needs a dxtbx format class for the images; mdx reads"
              + " them";
    };
  }
}
