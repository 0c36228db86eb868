package org.mdx.io.volume;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;

/** Formats that are found as services, and the choice among them by a file's name. */
final class Services {
  private Services() {}

  /** All of a kind, in the order in which they are registered. */
  static <F> List<F> all(Class<F> kind) {
    List<F> all = new ArrayList<>();
    ServiceLoader.load(kind, kind.getClassLoader()).forEach(all::add);
    return List.copyOf(all);
  }

  /** The format with the longest ending that a name has; the first of them if two are alike. */
  static <F> Optional<F> ofName(Path path, List<F> formats, Function<F, List<String>> endings) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    F best = null;
    int longest = 0;
    for (F f : formats) {
      for (String ending : endings.apply(f)) {
        if (name.endsWith("." + ending) && ending.length() > longest) {
          best = f;
          longest = ending.length();
        }
      }
    }
    return Optional.ofNullable(best);
  }
}
