package org.mdx.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The list of commands that {@code mdx --help} shows, in groups. */
public final class CommandGroups {
  private static final Map<String, List<String>> GROUPS = groups();

  private CommandGroups() {}

  private static Map<String, List<String>> groups() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    groups.put(
        "Start here",
        List.of(
            "demo", "import", "info", "plan", "reduce", "report", "plot", "view", "stats", "map",
            "export"));
    groups.put(
        "From images to a refined crystal",
        List.of("find-spots", "index", "find-beam", "find-axis", "bravais", "refine", "two-theta"));
    groups.put(
        "Stages of a reduction, as in mdx2",
        List.of(
            "import-geometry",
            "import-data",
            "find-peaks",
            "mask-peaks",
            "integrate",
            "bin-image-series",
            "correct",
            "reindex",
            "scale",
            "merge",
            "reintegrate"));
    groups.put(
        "Files of DIALS",
        List.of(
            "show",
            "generate-mask",
            "apply-mask",
            "dials-select",
            "dials-split",
            "dials-combine",
            "filter-blanks"));
    groups.put("Bragg intensities", List.of("symmetry", "cosym", "bragg"));
    groups.put(
        "MicroED",
        List.of("watch", "process", "table", "crystal-axes", "emd", "estimate-detector"));
    groups.put(
        "Tools", List.of("simulate", "convert", "tree", "install-shims", "completion", "version"));
    return groups;
  }

  /** Names of the commands in all groups. */
  public static List<String> names() {
    return GROUPS.values().stream().flatMap(List::stream).toList();
  }

  /** Has a command line list its subcommands in groups. */
  static void arrange(CommandLine line) {
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandGroups::text);
    line.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING);
  }

  private static String text(Help help) {
    int longest = names().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder out = new StringBuilder();
    GROUPS.forEach(
        (title, names) -> {
          out.append(String.format("%n%s:%n", title));
          for (String name : names) {
            CommandLine sub = help.commandSpec().subcommands().get(name);
            String[] about = sub.getCommandSpec().usageMessage().description();
            String first = about.length == 0 ? "" : about[0].split("(?<=[.:])\\s", 2)[0];
            out.append(String.format("  %-" + longest + "s  %s%n", name, first));
          }
        });
    return out.toString();
  }
}
