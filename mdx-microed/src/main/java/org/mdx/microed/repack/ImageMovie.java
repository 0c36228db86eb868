package org.mdx.microed.repack;

import java.io.IOException;
import java.nio.file.Path;
import org.mdx.parallel.*;

final class ImageMovie implements MovieRepacker.Method {
  static boolean recognizes(Path p) {
    return false;
  }

  static boolean isMrc(Path p) {
    return false;
  }

  public String format() {
    return "";
  }

  public MovieRepacker.Copy write(
      Path in, Path out, RepackOptions options, Parallel parallel, Progress progress)
      throws IOException {
    return null;
  }

  public MovieRepacker.Copy compare(
      Path in, Path out, RepackOptions options, Parallel parallel, Progress progress)
      throws IOException {
    return null;
  }
}
