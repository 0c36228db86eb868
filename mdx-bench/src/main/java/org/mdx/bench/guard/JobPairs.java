package org.mdx.bench.guard;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A whole job with two jars in turn: how much time, memory and allocation the first takes, in parts
 * of the second.
 *
 * <pre>
 * java -cp mdx-bench/target/benchmarks.jar org.mdx.bench.guard.JobPairs \
 *     mdx-cli/target/mdx.jar other.jar 3 reduce xtal1.expt xtal2.expt --overwrite --out FOLDER
 * </pre>
 */
public final class JobPairs {
  private static final String MAIN = "org.mdx.cli.Main";

  /** Processor time or allocation may be this many times that of the other. */
  private static final double MOST = 1.15;

  private static final Pattern COLLECTED = Pattern.compile("(\\d+)M->(\\d+)M\\(");
  private static final String[] FIGURES = {"wall, s", "cpu, s", "peak, MiB", "allocated, MiB"};
  private static final int CPU = 1;
  private static final int ALLOCATED = 3;

  private final String main;
  private final List<String> job;
  private final PrintStream out;

  JobPairs(String main, List<String> job, PrintStream out) {
    this.main = main;
    this.job = job;
    this.out = out;
  }

  /**
   * Runs the pairs and exits: 0 if all is well, 1 if processor time or allocation are more than
   * 1.15 of the other's, or the job fails, 2 for wrong arguments.
   *
   * @param args jar, other jar, number of pairs, arguments of the command
   */
  public static void main(String[] args) {
    if (args.length < 4 || !args[2].matches("[1-9]\\d?")) {
      System.err.println("usage: JobPairs JAR OTHER_JAR PAIRS ARGUMENT…");
      System.exit(2);
    }
    JobPairs pairs = new JobPairs(MAIN, List.of(args).subList(3, args.length), System.out);
    try {
      System.exit(pairs.run(args[0], args[1], Integer.parseInt(args[2])) ? 0 : 1);
    } catch (IOException | IllegalStateException e) {
      System.err.println("job pairs: " + e.getMessage());
      System.exit(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      System.exit(1);
    }
  }

  /**
   * Runs pairs and prints medians.
   *
   * @return whether neither processor time nor allocation has grown too much
   */
  boolean run(String jar, String other, int pairs) throws IOException, InterruptedException {
    double[][][] figures = new double[3][FIGURES.length][pairs];
    for (int n = 0; n < pairs; n++) {
      double[] mine = time(jar);
      double[] theirs = time(other);
      for (int f = 0; f < FIGURES.length; f++) {
        figures[0][f][n] = mine[f];
        figures[1][f][n] = theirs[f];
        figures[2][f][n] = mine[f] / theirs[f];
      }
    }
    out.printf("| figure | this | other | ratio | from | to |%n|---|---|---|---|---|---|%n");
    for (int f = 0; f < FIGURES.length; f++) {
      out.printf(
          Locale.ROOT,
          "| %s | %.1f | %.1f | %.2f | %.2f | %.2f |%n",
          FIGURES[f],
          median(figures[0][f]),
          median(figures[1][f]),
          median(figures[2][f]),
          Arrays.stream(figures[2][f]).min().orElseThrow(),
          Arrays.stream(figures[2][f]).max().orElseThrow());
    }
    return !(median(figures[2][CPU]) > MOST || median(figures[2][ALLOCATED]) > MOST);
  }

  private static double median(double[] x) {
    double[] sorted = x.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  private double[] time(String jar) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("job");
    Path log = folder.resolve("gc.log");
    Path figures = folder.resolve("figures");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                "-XX:MaxNewSize=256m",
                "-Xlog:gc:file=" + log,
                "-cp",
                jar + File.pathSeparator + System.getProperty("java.class.path"),
                TimedJob.class.getName(),
                figures.toString(),
                main));
    command.addAll(job);
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(folder.resolve("err").toFile())
            .start();
    int code = process.waitFor();
    if (code != 0 || !Files.exists(figures)) {
      throw new IllegalStateException(
          jar + ": exit code " + code + ": " + Files.readString(folder.resolve("err")).strip());
    }
    double[] found =
        Arrays.stream(Files.readString(figures).split(" "))
            .mapToDouble(Double::parseDouble)
            .toArray();
    double[] all = Arrays.copyOf(found, FIGURES.length);
    all[ALLOCATED] = allocated(Files.readAllLines(log));
    for (String name : List.of("gc.log", "figures", "err")) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.delete(folder);
    return all;
  }

  /**
   * What a log of collections says was allocated until the last of them: by how much the heap grew
   * between them.
   *
   * @return MiB
   */
  static double allocated(List<String> log) {
    double sum = 0;
    double last = 0;
    for (String line : log) {
      Matcher m = COLLECTED.matcher(line);
      if (m.find()) {
        sum += Math.max(0, Double.parseDouble(m.group(1)) - last);
        last = Double.parseDouble(m.group(2));
      }
    }
    return sum;
  }
}
