package org.mdx.cli.microed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.io.emd.EmdMovie;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what is in a Velox file. */
@Command(
    name = "info",
    description = "Show the images of a Velox EMD file and what it says of a frame.",
    mixinStandardHelpOptions = true)
final class EmdInfoCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "FILE", description = "The file.")
  private Path file;

  @Option(
      names = "--frame",
      paramLabel = "N",
      description = "Print the JSON document of this frame, counted from 0.")
  private Integer frame;

  @Option(names = "--tree", description = "Show every group, dataset and attribute.")
  private boolean tree;

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    ObjectWriter writer = new ObjectMapper().writerWithDefaultPrettyPrinter();
    try (EmdMovie movie = EmdMovie.open(file)) {
      if (frame != null && (frame < 0 || frame >= movie.frames())) {
        throw common.usage(
            "--frame " + frame + ": " + file + " has frames 0 to " + (movie.frames() - 1));
      }
      JsonNode document = frame == null ? null : movie.metadata(frame);
      if (json) {
        common.out().println(writer.writeValueAsString(json(movie, document)));
        return 0;
      }
      common.out().println(file + ":");
      for (EmdMovie.Image i : movie.images()) {
        common.out().println("  " + i);
      }
      if (tree) {
        common.out().println(movie.tree().stripTrailing());
      }
      if (document != null) {
        common.out().println(writer.writeValueAsString(document));
      }
    }
    return 0;
  }

  private ObjectNode json(EmdMovie movie, JsonNode document) {
    ObjectNode n = new ObjectMapper().createObjectNode().put("file", file.toString());
    n.put("frames", movie.frames());
    ArrayNode images = n.putArray("images");
    for (EmdMovie.Image i : movie.images()) {
      images
          .addObject()
          .put("id", i.id())
          .put("height", i.height())
          .put("width", i.width())
          .put("frames", i.frames())
          .put("type", i.type())
          .put("stored_bytes", i.storedBytes())
          .put("filters", i.filters());
    }
    if (tree) {
      n.put("tree", movie.tree());
    }
    if (document != null) {
      n.put("frame", frame).set("metadata", document);
    }
    return n;
  }
}
