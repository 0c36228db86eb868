package org.mdx.io.dials;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

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

  /** A tree whose paths mean the same wherever the list comes to lie. */
  static ObjectNode absolute(ObjectNode root, Path from) {
    ObjectNode copy = root.deepCopy();
    change(copy, p -> folder(from).resolve(p).normalize().toString());
    return copy;
  }

  /** Changes relative paths of a tree to how they are seen from the folder of another file. */
  static void rebase(ObjectNode root, Path from, Path to) {
    if (!folder(from).equals(folder(to))) {
      change(root, p -> ExptWriter.relative(to, from.resolveSibling(p)));
    }
  }

  private static void change(ObjectNode root, UnaryOperator<String> relative) {
    if (!root.path("imageset").isArray()) {
      return;
    }
    for (JsonNode set : root.get("imageset")) {
      if (set instanceof ObjectNode object) {
        for (String key : PATHS) {
          JsonNode value = object.path(key);
          if (value.isTextual()) {
            object.put(key, changed(value.textValue(), relative));
          } else if (value instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
              JsonNode path = list.get(i);
              if (path.isTextual()) {
                list.set(i, new TextNode(changed(path.textValue(), relative)));
              }
            }
          }
        }
      }
    }
  }

  private static String changed(String path, UnaryOperator<String> relative) {
    return path.isEmpty() || isFixed(path) ? path : relative.apply(path);
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
