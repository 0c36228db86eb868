package org.mdx.cli.mdx2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.cli.Main;
import org.mdx.cli.Mdx2Launcher;
import org.mdx.cli.value.CountThreshold;
import org.mdx.parallel.Progress;
import picocli.CommandLine;

class Mdx2ArgumentsTest {

  private static CommandLine command(String name) {
    CommandLine below = Main.commands().getSubcommands().get(name.replace('_', '-'));
    Object own = below == null ? null : below.getCommand();
    return own == null ? null : new CommandLine(own);
  }

  private static String translate(String name, String words, boolean compatible) {
    Mdx2Arguments arguments = new Mdx2Arguments(command(name).getCommandSpec());
    return String.join(" ", arguments.translate(List.of(words.split(" ")), compatible));
  }

  /** Command lines that Python's argparse and simple_parsing take, and their meaning. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "find_peaks | g d --count_threshold 20 --nproc -1 | g d --count-threshold 20 --nproc -1",
        "integrate | g d --subdivide 3 3 3 --max_spread=2 | g d --subdivide 3 3 3 --max-spread=2",
        "scale | a_b.nxs --mca2020 --outfile x_y | a_b.nxs --mca2020 --outfile x_y",
        "scale | a --mca2020 True | a --mca2020=true",
        "scale | a --mca2020=F | a --mca2020=false",
        "scale | a --nomca2020 | a --mca2020=false",
        "scale | a --offset.alpha_x 2 --alpha_y 3 | a --offset.alpha-x 2 --offset.alpha-y 3",
        "scale | a --subsample 5 --isotropic 0 | a --prescale.subsample 5 --prescale.isotropic=false",
        "scale | a --absorption no | a --prescale.absorption=false",
        "scale | a --niter 3 | a --niter 3",
        "merge | a --no-scaling --no_offset | a --no-scaling --no-offset",
        "merge | a --scaling False | a --scaling=false",
        "merge | a --noabsorption | a --absorption=false",
        "correct | g h --attenuation y --nopolarization | g h --attenuation=true --polarization=false",
        "mask_peaks | --bragg g d p | --bragg g d p",
        "map | g m --lim -1 1 -1 1 0 0 --out x | g m --limits -1 1 -1 1 0 0 --outfile x",
        "map | g m -- --lim | g m -- --lim",
      })
  void wordsShouldBecomeThoseOfMdx(String name, String words, String expected) {
    assertThat(translate(name, words, false)).isEqualTo(expected);
  }

  @Test
  void compatibleModeShouldBeAskedOfCommandsThatHaveIt() {
    assertThat(translate("merge", "a", true)).isEqualTo("--mdx2-compatible a");
    assertThat(translate("merge", "a --mdx2-compatible", true)).isEqualTo("a --mdx2-compatible");
    assertThat(translate("info", "a", true)).isEqualTo("a");
  }

  @Test
  void thresholdsBetweenCountsShouldBeThoseBelow() {
    CountThreshold threshold = new CountThreshold();
    assertThat(threshold.convert("20")).isEqualTo(20);
    assertThat(threshold.convert("20.0")).isEqualTo(20);
    assertThat(threshold.convert("20.9")).isEqualTo(20);
    for (String wrong : new String[] {"many", "NaN", "1e12", ""}) {
      assertThatThrownBy(() -> threshold.convert(wrong)).hasMessageContaining("number of counts");
    }
  }

  /** Files before and after options end up where argparse puts them. */
  @Test
  void filesShouldGoToTheirOptionsAndTheRestToTheCommand() {
    CommandLine.ParseResult p =
        parse("merge", "a b --scale x y --outlier 5 --split randomHalf --per-sweep");
    assertThat(p.matchedPositional(0).originalStringValues()).containsExactly("a", "b");
    assertThat(p.matchedOption("--scale").originalStringValues()).containsExactly("x", "y");
    p = parse("merge", "--outlier 5 a b --scale x y");
    assertThat(p.matchedPositional(0).originalStringValues()).containsExactly("a", "b");
    p = parse("scale", "a b --mca2020 --outfile x y");
    assertThat(p.matchedPositional(0).originalStringValues()).containsExactly("a", "b");
    assertThat(p.matchedOption("--outfile").originalStringValues()).containsExactly("x", "y");
    p = parse("scale", "--mca2020 a b");
    assertThat(p.matchedPositional(0).originalStringValues()).containsExactly("a", "b");
    p = parse("import_data", "--chunks 20 211 493 e.expt --datastore d --nproc 5");
    assertThat(p.matchedPositional(0).originalStringValues()).containsExactly("e.expt");
    p = parse("mask_peaks", "g d p --sigma_cutoff 3 --nproc -1 --bragg");
    assertThat(p.matchedPositionals()).hasSize(3);
  }

  private static CommandLine.ParseResult parse(String name, String words) {
    CommandLine line = command(name);
    return line.parseArgs(
        new Mdx2Arguments(line.getCommandSpec()).translate(List.of(words.split(" ")), false));
  }

  @Test
  void everyCommandShouldHelpUnderItsNameAndOthersBeUnknown() {
    for (String name : Shim.COMMANDS) {
      if (command(name) != null) {
        assertThat(run(name, "--help")).startsWith("0 Usage: mdx2." + name + " ");
      }
    }
    assertThat(run("version")).startsWith("0 mdx2: 1.0.4 (files").contains("\nmdx ");
    assertThat(run("demo")).startsWith("2 mdx2.demo: mdx has no such command");
    assertThat(run("merge", "--frobnicate")).startsWith("2 mdx2.merge: ");
    assertThat(run("tree", "nowhere.nxs")).startsWith("1 mdx2.tree: nowhere.nxs: no such file");
  }

  private static String run(String... args) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    return Mdx2Launcher.run(args, false, out, out, Progress.NONE) + " " + text;
  }
}
