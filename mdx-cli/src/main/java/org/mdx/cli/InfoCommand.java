package org.mdx.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what was understood of image files and experiment lists. */
@Command(
    name = "info",
    description = "Show what was understood of image files or experiment lists.",
    mixinStandardHelpOptions = true)
final class InfoCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Images of any format that mdx reads, or .expt files.")
  private List<Path> files;

  @Option(names = "--json", description = "Print a JSON array with an object for each file.")
  private boolean json;

  @Option(names = "--details", description = "Show the remaining entries of the headers too.")
  private boolean details;

  @Override
  public Integer call() throws IOException {
    List<FileInfo> all = new ArrayList<>();
    for (Path file : files) {
      List<FileInfo> here = FileInfo.read(file);
      if (!json) {
        here.forEach(info -> common.out().print(InfoText.of(info, details)));
      }
      all.addAll(here);
    }
    if (json) {
      ObjectMapper mapper = new ObjectMapper();
      ArrayNode array = mapper.createArrayNode();
      all.forEach(info -> array.add(InfoJson.of(info)));
      common.out().println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(array));
    }
    return 0;
  }
}
