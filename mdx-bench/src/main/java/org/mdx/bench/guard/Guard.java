package org.mdx.bench.guard;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Fails if a kernel has lost more than 30 % of its advantage over its naive twin, or over a plain
 * pass. Both are timed in several rounds, in turn; kernels that seem to have fallen are timed again
 * before they fail.
 */
public final class Guard {
  private static final int ROUNDS = 2;
  private static final int UPDATE_ROUNDS = 4;

  /** Further rounds for kernels that seem to have fallen. */
  private static final int SECOND_LOOKS = 3;

  private static final String USAGE =
      """
      usage: guard [--update] [--baseline FILE]
        compares the ratio twin/fast of each kernel with FILE; exit code 1 if one has fallen by
        more than 30 %
        --update    measures longer and writes the ratios of this JDK to FILE instead""";

  private final Path file;
  private final PrintStream out;
  private final int jdk = Runtime.version().feature();
  private final Stopwatch stopwatch = new Stopwatch();

  private Guard(Path file, PrintStream out) {
    this.file = file;
    this.out = out;
  }

  /**
   * Runs the guard and exits: 0 if all is well, 1 if a kernel has fallen or fails, 2 for a wrong
   * argument.
   *
   * @param args {@code --update}, {@code --baseline FILE}
   */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  private static int run(String[] args) {
    boolean update = false;
    Path file = Path.of("mdx-bench", "baseline.properties");
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--update")) {
        update = true;
      } else if (args[i].equals("--baseline") && i + 1 < args.length) {
        file = Path.of(args[++i]);
      } else {
        boolean help = args[i].equals("--help");
        (help ? System.out : System.err).println(USAGE);
        return help ? 0 : 2;
      }
    }
    Guard guard = new Guard(file, System.out);
    try {
      List<String> complaints = update ? guard.update() : guard.check();
      complaints.forEach(c -> System.err.println("guard: " + c));
      return complaints.isEmpty() ? 0 : 1;
    } catch (IOException | RunnerException | IllegalArgumentException e) {
      System.err.println("guard: " + e.getMessage());
      return 1;
    }
  }

  private List<String> check() throws IOException, RunnerException {
    Baseline baseline = Baseline.read(file);
    for (GuardedKernel kernel : GuardedKernel.ALL) {
      if (!baseline.has(jdk, kernel.name())) {
        return List.of(kernel.name() + ": not in " + file + "; run mdx-bench/guard --update");
      }
    }
    measure(GuardedKernel.ALL, ROUNDS);
    for (int i = 0; i < SECOND_LOOKS && !fallen(baseline).isEmpty(); i++) {
      measure(fallen(baseline), 1);
    }
    print();
    List<String> complaints = new ArrayList<>();
    for (GuardedKernel kernel : GuardedKernel.ALL) {
      baseline.complaint(jdk, kernel.name(), stopwatch.ratio(kernel)).ifPresent(complaints::add);
    }
    return complaints;
  }

  private List<GuardedKernel> fallen(Baseline baseline) {
    return GuardedKernel.ALL.stream()
        .filter(k -> baseline.complaint(jdk, k.name(), stopwatch.ratio(k)).isPresent())
        .toList();
  }

  private List<String> update() throws IOException, RunnerException {
    Baseline baseline = Baseline.read(file);
    measure(GuardedKernel.ALL, UPDATE_ROUNDS);
    print();
    Map<String, Double> measured = new TreeMap<>();
    GuardedKernel.ALL.forEach(k -> measured.put(k.name(), stopwatch.ratio(k)));
    baseline.with(jdk, measured).write(file);
    out.println("wrote the ratios of JDK " + jdk + " to " + file);
    return List.of();
  }

  private void measure(List<GuardedKernel> kernels, int rounds) throws RunnerException {
    for (int i = 0; i < rounds; i++) {
      stopwatch.round(kernels);
    }
  }

  private void print() {
    out.printf(Locale.ROOT, "%-18s %12s %12s %8s%n", "JDK " + jdk, "fast µs", "twin µs", "ratio");
    for (GuardedKernel kernel : GuardedKernel.ALL) {
      out.printf(
          Locale.ROOT,
          "%-18s %12.0f %12.0f %8.2f%n",
          kernel.name(),
          stopwatch.fast(kernel),
          stopwatch.twin(kernel),
          stopwatch.ratio(kernel));
    }
  }
}
