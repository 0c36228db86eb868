package org.mdx.io.dials;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** The paths in the tree of an experiment list: absolute, or relative to the folder of the file. */
final class ExptPaths {
  /** Members of an image set that are paths. */
  private static final List<String> PATHS =
      List.of("template", "mask", "gain", "pedestal", "dx", "dy", "master", "images");

  private ExptPaths() {}

  /** A tree with its relative paths as seen from the folder of another file. */
  static ObjectNode copied(ObjectNode root, Path from, Path to) {
    ObjectNode copy = root.deepCopy();
    rebase(copy, from, to);
    return copy;
  }

  /** Changes relative paths of a tree to how they are seen from the folder of another file. */
  static void rebase(ObjectNode root, Path from, Path to) {
    if (folder(from).equals(folder(to)) || !root.path("imageset").isArray()) {
      return;
    }
    for (JsonNode set : root.get("imageset")) {
      if (set instanceof ObjectNode object) {
        for (String key : PATHS) {
          JsonNode value = object.path(key);
          if (value.isTextual()) {
            object.put(key, rebased(value.textValue(), from, to));
          } else if (value instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
              list.set(i, rebased(list.get(i), from, to));
            }
          }
        }
      }
    }
  }

  private static JsonNode rebased(JsonNode path, Path from, Path to) {
    return path.isTextual() ? new TextNode(rebased(path.textValue(), from, to)) : path;
  }

  private static String rebased(String path, Path from, Path to) {
    return path.isEmpty() || isFixed(path)
        ? path
        : ExptWriter.relative(to, from.resolveSibling(path));
  }

  /** Sets the mask of an image set, or none if null. */
  static void setMask(ObjectNode images, Path mask, Path expt) {
    images.put("mask", mask == null ? null : likeImages(images, mask, expt));
  }

  /** A path for an image set: relative to the list if that of its images is, absolute otherwise. */
  private static String likeImages(ObjectNode images, Path path, Path expt) {
    String template = images.path("template").asText("");
    return template.isEmpty() || isFixed(template)
        ? path.toAbsolutePath().normalize().toString()
        : ExptWriter.relative(expt, path);
  }

  /** Whether a path means the same wherever the list lies. */
  private static boolean isFixed(String path) {
    try {
      return path.contains("://") || Path.of(path).isAbsolute();
    } catch (InvalidPathException e) {
      return true; // no path of this system, so nothing to find from here
    }
  }

  private static Path folder(Path file) {
    return file.toAbsolutePath().normalize().getParent();
  }
}
