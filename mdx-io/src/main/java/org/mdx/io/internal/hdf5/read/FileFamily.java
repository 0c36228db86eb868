package org.mdx.io.internal.hdf5.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.mdx.io.MdxFormatException;

/** A file with all others that its links and virtual datasets lead to; each is opened once. */
final class FileFamily {
  private static final int MAXIMUM_FILES = 1 << 16;

  private final OpenFile first;
  private final Map<Path, OpenFile> others = new HashMap<>();

  FileFamily(OpenFile first) {
    this.first = first;
  }

  boolean isFirst(OpenFile file) {
    return file == first;
  }

  /** A file by its path from the folder of another, as the HDF5 library looks for it. */
  synchronized OpenFile open(OpenFile from, String name, String place) {
    Path path = existing(from.path(), name);
    if (path == null || others.size() == MAXIMUM_FILES) {
      throw new MdxFormatException(
          from.path(),
          place,
          "the file " + name,
          path == null ? "no such file" : "too many files",
          "copy it beside this file");
    }
    try {
      if (Files.isSameFile(path, first.path())) {
        return first;
      }
      Path key = path.toRealPath();
      OpenFile known = others.get(key);
      if (known == null) {
        if (Store.find(path) < 0) {
          throw new MdxFormatException(path, "byte 0", "an HDF5 file", "something else", "");
        }
        known = OpenFile.open(path, this);
        others.put(key, known);
      }
      return known;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The path itself, then its last part, in the folder of the file that names it. */
  private static Path existing(Path from, String name) {
    try {
      Path named = from.toAbsolutePath().resolveSibling(name);
      if (Files.isRegularFile(named)) {
        return named;
      }
      int slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
      Path beside = from.toAbsolutePath().resolveSibling(name.substring(slash + 1));
      return Files.isRegularFile(beside) ? beside : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  synchronized void close() {
    others.values().forEach(OpenFile::close);
    others.clear();
  }
}
