package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that get signals at random moments. {@code -Dmdx.signals=200} sends so many instead of
 * the few of every build.
 */
class SignalTest {
  private static final int NUMBER = Integer.getInteger("mdx.signals", 5);

  @TempDir private Path dir;

  private Path kept;
  private Path movie;

  @BeforeEach
  void requireSignals() throws IOException {
    Path status = Path.of("/proc/self/status");
    assumeThat(status).as("signals are sent on Linux only").exists();
    String ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElseThrow();
    long bits = Long.parseUnsignedLong(ignored.replaceAll("SigIgn:\\s*", ""), 16);
    assumeThat(bits >> 1 & 1).as("SIGINT is ignored, as in a background job").isZero();
  }

  private static List<String> java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path")));
    command.add("org.mdx.cli.Main");
    command.addAll(List.of(arguments));
    return command;
  }

  private String[] command(int i, Path out) {
    return switch (i % 5) {
      case 0 -> new String[] {"simulate", "--frames", "60", "--out", out.toString()};
      case 1 -> new String[] {"demo", "--out", out.toString()};
      case 2 ->
          new String[] {
            "scale",
            kept.resolve("split_0/corrected.nxs").toString(),
            kept.resolve("split_1/corrected.nxs").toString(),
            "--mca2020",
            "--outfile",
            dir.resolve("a" + i + ".nxs").toString(),
            dir.resolve("b" + i + ".nxs").toString()
          };
      case 3 -> new String[] {"emd", "repack", movie.toString(), out + ".emd"};
      default -> {
        Path data = dir.resolve("data");
        yield new String[] {
          "reduce",
          data.resolve("xtal1/indexed.expt").toString(),
          data.resolve("xtal2/indexed.expt").toString(),
          "--count-threshold",
          "60",
          "--out",
          out.toString()
        };
      }
    };
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.getFileName().toString().endsWith(".part")).toList();
    }
  }

  /** What the commands are given. */
  private void prepare() throws IOException {
    SimulatedData.write(dir.resolve("data"));
    kept = dir.resolve("kept");
    Path first = dir.resolve("data/xtal1/indexed.expt");
    Path second = dir.resolve("data/xtal2/indexed.expt");
    assertThat(SimulatedData.run("reduce", first, second, "--keep", "--out", kept).code()).isZero();
    Path movies = dir.resolve("movies");
    Object[] simulate = {
      "simulate", "--preset", "MICROED", "--format", "EMD", "--sweeps", 1, "--frames", 60
    };
    Object[] all = Arrays.copyOf(simulate, simulate.length + 2);
    all[simulate.length] = "--out";
    all[simulate.length + 1] = movies;
    assertThat(SimulatedData.run(all).code()).isZero();
    try (Stream<Path> files = Files.walk(movies)) {
      movie = files.filter(f -> f.toString().endsWith(".emd")).findFirst().orElseThrow();
    }
  }

  @Test
  void processShouldEndAsTheSignalDoesAndLeaveNothingHalfWritten() throws Exception {
    prepare();
    Random random = new Random(Long.getLong("mdx.seed", 1));
    for (int i = 0; i < NUMBER; i++) {
      Path out = dir.resolve("out" + i);
      boolean interrupt = random.nextBoolean();
      Path err = dir.resolve("err" + i);
      Process process =
          new ProcessBuilder(java(command(i, out)))
              .redirectError(err.toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      Thread.sleep(random.nextInt(1, 2500));
      new ProcessBuilder("kill", interrupt ? "-INT" : "-TERM", String.valueOf(process.pid()))
          .start()
          .waitFor();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      String said = Files.readString(err, StandardCharsets.UTF_8);
      assertThat(process.exitValue()).as(said).isIn(0, interrupt ? 130 : 143);
      assertThat(said).doesNotContain("internal error", "Exception");
      if (process.exitValue() != 0 && !said.isEmpty()) {
        assertThat(said).contains("interrupted; nothing was left behind");
      }
      assertThat(filesIn(dir)).isEmpty();
    }
  }

  @Test
  void loopOfAShellShouldStop() throws Exception {
    Path log = dir.resolve("log");
    String one = "'" + String.join("' '", java("demo", "--out", dir.resolve("o").toString())) + "'";
    Path script =
        Files.writeString(
            dir.resolve("loop.sh"), "for i in 1 2 3; do echo round $i; " + one + "; done\n");
    assumeThat(Path.of("/usr/bin/setsid")).exists();
    // a session of its own, whose group gets the signal as that of a terminal does
    Process shell =
        new ProcessBuilder("setsid", "bash", script.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Thread.sleep(2000);
    new ProcessBuilder("kill", "-INT", "--", "-" + shell.pid()).start().waitFor();
    assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(log)).contains("round 1").doesNotContain("round 2");
    assertThat(shell.exitValue()).isEqualTo(130);
  }
}
