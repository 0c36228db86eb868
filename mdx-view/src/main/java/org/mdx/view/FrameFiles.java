package org.mdx.view;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mdx.image.ImageSource;

/**
 * The files of the frames that were looked at, each as it was at first; of the last few thousand,
 * so that a long sweep takes no more memory than a short one.
 */
final class FrameFiles {
  private static final int MOST = 4096;

  private final ImageSource source;
  private final Map<Path, WatchedFiles> seen =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, WatchedFiles> eldest) {
          return size() > MOST;
        }
      };

  FrameFiles(ImageSource source) {
    this.source = source;
  }

  /** The state of a frame's file when it was first looked at; of no files if there is none. */
  synchronized WatchedFiles of(int frame) throws IOException {
    Optional<Path> file = file(frame);
    if (file.isEmpty()) {
      return WatchedFiles.NONE;
    }
    WatchedFiles known = seen.get(file.get());
    if (known == null) {
      known = WatchedFiles.of(file.get());
      seen.put(file.get(), known);
    }
    return known;
  }

  /** A description is a path, with or without the place in the file behind it. */
  private Optional<Path> file(int frame) {
    String text = source.describe(frame);
    for (int end = text.length(); end > 0; end = text.lastIndexOf(", ", end - 1)) {
      try {
        Path path = Path.of(text.substring(0, end));
        if (Files.isRegularFile(path)) {
          return Optional.of(path);
        }
      } catch (InvalidPathException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** The name of a frame's file with the place in it, without the folder. */
  String name(int frame) {
    String text = source.describe(frame);
    return file(frame)
        .map(f -> f.getFileName() + text.substring(Math.min(text.length(), f.toString().length())))
        .orElse(text);
  }
}
