package org.mdx.view.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of the page. There are no others, whatever a client names. */
public final class PageFiles {
  private static final String FOLDER = "/org/mdx/view/";

  /** The page. */
  public static final String INDEX = "index.html";

  /** Modules in the order in which each needs those before it alone. */
  public static final List<String> MAP_SCRIPTS =
      List.of("base.js", "colour.js", "chart.js", "hkl.js", "plane.js", "map.js");

  private static final List<String> OTHERS =
      List.of(
          "server.js",
          "detector.js",
          "frames.js",
          "scaling.js",
          "main.js",
          "offline.js",
          "view.css");

  private static final Map<String, byte[]> FILES = load();

  private PageFiles() {}

  private static Map<String, byte[]> load() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(INDEX, read(INDEX));
    MAP_SCRIPTS.forEach(name -> files.put(name, read(name)));
    OTHERS.forEach(name -> files.put(name, read(name)));
    return files;
  }

  private static byte[] read(String name) {
    try (InputStream in = PageFiles.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("the page lacks " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of the page as a reply. */
  public static Reply reply(String name) {
    byte[] body = FILES.get(name);
    if (body == null) {
      throw new Refusal(Refusal.NOT_FOUND, "the page has no such file");
    }
    String type =
        name.endsWith(".js") ? "text/javascript" : name.endsWith(".css") ? "text/css" : "text/html";
    return new Reply(type + "; charset=utf-8", body, Map.of());
  }

  public static String text(String name) {
    return new String(FILES.get(name), StandardCharsets.UTF_8);
  }
}
