package org.mdx.cli.file;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.mdx.cli.terminal.CommonOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what was understood of image files and experiment lists. */
@Command(
    name = "info",
    description = "Show what was understood of image files or experiment lists.",
    mixinStandardHelpOptions = true)
public final class InfoCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "Images of any format that mdx reads, .expt files, or templates such as xtal_####.cbf,"
              + " of which the first image is shown.")
  private List<String> files;

  @Option(names = "--json", description = "Print a JSON array with an object for each file.")
  private boolean json;

  @Option(names = "--details", description = "Show the remaining entries of the headers too.")
  private boolean details;

  @Override
  public Integer call() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ArrayNode array = mapper.createArrayNode();
    for (String file : files) {
      FileInfo.read(
          file,
          info -> {
            if (json) {
              array.add(InfoJson.of(info));
            } else {
              common.out().print(InfoText.of(info, details));
              common.out().flush();
            }
          });
    }
    if (json) {
      common.out().println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(array));
    }
    return 0;
  }
}
