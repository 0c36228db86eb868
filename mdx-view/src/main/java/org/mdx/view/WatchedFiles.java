package org.mdx.view;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Files as they were when they were opened: their sizes and times. A viewer must not mix what it
 * has read before with what has been written since. Immutable.
 */
public final class WatchedFiles {
  /** No files: values that a program has made. */
  public static final WatchedFiles NONE = new WatchedFiles(Map.of());

  private record Stamp(long size, long modified) {

    static Stamp of(Path file) throws IOException {
      BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(a.size(), a.lastModifiedTime().toMillis());
    }
  }

  private final Map<Path, Stamp> stamps;

  private WatchedFiles(Map<Path, Stamp> stamps) {
    this.stamps = stamps;
  }

  /**
   * Files as they are now; call it before they are read.
   *
   * @param files the files
   * @return their state
   * @throws IOException if one does not exist
   */
  public static WatchedFiles of(Path... files) throws IOException {
    Map<Path, Stamp> stamps = new LinkedHashMap<>();
    for (Path file : files) {
      stamps.put(file, Stamp.of(file));
    }
    return new WatchedFiles(stamps);
  }

  /**
   * Whether a file has been written to or deleted since.
   *
   * @return what has happened, or empty
   */
  public Optional<String> change() {
    for (Map.Entry<Path, Stamp> e : stamps.entrySet()) {
      String name = String.valueOf(e.getKey().getFileName());
      try {
        if (!Stamp.of(e.getKey()).equals(e.getValue())) {
          return Optional.of(
              name + " has changed since it was opened; end the viewer and start it again");
        }
      } catch (IOException gone) {
        return Optional.of(name + " cannot be read any more; it was there when it was opened");
      }
    }
    return Optional.empty();
  }

  /**
   * A text that differs when sizes or times differ.
   *
   * @return hexadecimal digits
   */
  public String tag() {
    long hash = 1;
    for (Stamp s : stamps.values()) {
      hash = 31 * (31 * hash + s.size) + s.modified;
    }
    return Long.toHexString(hash);
  }

  @Override
  public String toString() {
    return "WatchedFiles" + stamps.keySet();
  }
}
