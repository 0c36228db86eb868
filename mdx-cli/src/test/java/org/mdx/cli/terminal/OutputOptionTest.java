package org.mdx.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mdx.cli.Main;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** One name for the place of results. */
class OutputOptionTest {
  private static final Set<String> PLACES = Set.of("--out", "--output", "--outfile");

  @Test
  void everyCommandThatWritesShouldTakeTheSameNames() {
    Map<String, CommandLine> commands = Main.commands().getSubcommands();
    List<String> writers = new ArrayList<>();
    commands.forEach((name, command) -> look(name, command, writers));
    assertThat(writers).hasSizeGreaterThan(35).contains("reduce", "bragg process", "merge");
  }

  private static void look(String name, CommandLine command, List<String> writers) {
    command.getSubcommands().forEach((n, c) -> look(name + " " + n, c, writers));
    OptionSpec[] places =
        command.getCommandSpec().options().stream()
            .filter(o -> Arrays.stream(o.names()).anyMatch(PLACES::contains))
            .toArray(OptionSpec[]::new);
    if (places.length > 0) {
      writers.add(name);
      OptionSpec place = command.getCommandSpec().findOption("-o");
      assertThat(places).as(name).contains(place);
      // mdx2 has --output for columns there
      if (!name.equals("reintegrate")) {
        assertThat(place.names()).as(name).contains("--output");
      }
    }
  }
}
