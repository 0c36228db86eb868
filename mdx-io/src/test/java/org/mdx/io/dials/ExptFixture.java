package org.mdx.io.dials;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small experiment list that tests change in one place. */
final class ExptFixture {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final String TEXT =
      """
      {"__id__": "ExperimentList",
       "experiment": [{"__id__": "Experiment", "identifier": "a-b", "beam": 0, "detector": 0,
                       "goniometer": 0, "scan": 0, "crystal": 0, "imageset": 0}],
       "imageset": [{"__id__": "ImageSequence", "template": "images/x_###.cbf", "mask": null,
                     "gain": "", "pedestal": null}],
       "beam": [{"direction": [0, 0, 1], "wavelength": 0.9768}],
       "detector": [{"panels": [{"name": "Panel", "fast_axis": [1, 0, 0], "slow_axis": [0, -1, 0],
                     "origin": [-1, 2, -80], "raw_image_offset": [0, 0], "image_size": [7, 5],
                     "pixel_size": [0.172, 0.172], "trusted_range": [-1.0, 1048500.0],
                     "thickness": 0.45, "material": "Si", "mu": 3.9,
                     "mask": [[0, 1, 7, 2]], "gain": 1.0, "pedestal": 0.0,
                     "px_mm_strategy": {"type": "ParallaxCorrectedPxMmStrategy"}}]}],
       "goniometer": [{"rotation_axis": [1, 0, 0]}],
       "scan": [{"image_range": [3, 5], "batch_offset": 0, "oscillation": [10, 0.5],
                 "exposure_time": [0.04, 0.05, 0.06], "epochs": [0, 1, 2],
                 "valid_image_ranges": {}}],
       "crystal": [{"__id__": "crystal", "real_space_a": [0, 30, 0], "real_space_b": [0, 0, 40],
                    "real_space_c": [50, 0, 0], "space_group_hall_symbol": " P 2 2"}],
       "profile": [], "scaling_model": []}
      """;

  private ExptFixture() {}

  static ObjectNode tree() {
    try {
      return (ObjectNode) MAPPER.readTree(TEXT);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Sets the value at a pointer; a value of null removes it. */
  static ObjectNode with(String pointer, String json) {
    ObjectNode root = tree();
    set(root, pointer, json);
    return root;
  }

  static void set(ObjectNode root, String pointer, String json) {
    try {
      int slash = pointer.lastIndexOf('/');
      JsonNode parent = root.at(pointer.substring(0, slash));
      String key = pointer.substring(slash + 1);
      if (parent instanceof ArrayNode list) {
        list.set(Integer.parseInt(key), MAPPER.readTree(json));
      } else if (json == null) {
        ((ObjectNode) parent).remove(key);
      } else {
        ((ObjectNode) parent).set(key, MAPPER.readTree(json));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Path write(Path folder, JsonNode root) throws IOException {
    return Files.write(folder.resolve("x.expt"), MAPPER.writeValueAsBytes(root));
  }
}
