package org.mdx.bench.guard;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Times kernels and their twins in turn, each time in a fresh JVM. Every call is timed by itself,
 * and what else the machine does only adds to it, so that the shortest of all calls counts.
 */
final class Stopwatch {
  private static final int WARM_UP = 3;
  private static final int ITERATIONS = 5;
  private static final TimeValue ITERATION_TIME = TimeValue.milliseconds(200);

  /** The compiler may take two seconds until a twin is no longer interpreted. */
  private static final TimeValue WARM_UP_TIME = TimeValue.seconds(1);

  /** The first release that has the option to keep silent about JMH's use of Unsafe. */
  private static final int UNSAFE_WARNS = 23;

  private enum Side {
    FAST,
    TWIN
  }

  private final Map<GuardedKernel, Map<Side, Double>> shortest = new HashMap<>();

  /**
   * Times each kernel and its twin once more.
   *
   * @param kernels which
   * @throws RunnerException if a benchmark fails, as it does when kernel and twin differ
   */
  void round(List<GuardedKernel> kernels) throws RunnerException {
    for (GuardedKernel kernel : kernels) {
      note(kernel, Side.FAST, kernel.fast());
      note(kernel, Side.TWIN, kernel.twin());
    }
  }

  private void note(GuardedKernel kernel, Side side, String method) throws RunnerException {
    Map<Side, Double> times = shortest.computeIfAbsent(kernel, k -> new EnumMap<>(Side.class));
    times.merge(side, shortestCall(kernel, method), Math::min);
  }

  private static double shortestCall(GuardedKernel kernel, String method) throws RunnerException {
    String name = kernel.benchmark().getName() + "." + method;
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + name.replace(".", "\\.") + "$")
            .mode(Mode.SampleTime)
            .forks(1)
            .warmupIterations(WARM_UP)
            .warmupTime(WARM_UP_TIME)
            .measurementIterations(ITERATIONS)
            .measurementTime(ITERATION_TIME)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    if (Runtime.version().feature() >= UNSAFE_WARNS) {
      options.jvmArgsAppend("--sun-misc-unsafe-memory-access=allow");
    }
    for (String parameter : kernel.parameters()) {
      String[] nameAndValue = parameter.split("=", 2);
      options.param(nameAndValue[0], nameAndValue[1]);
    }
    double least = Double.POSITIVE_INFINITY;
    for (RunResult run : new Runner(options.build()).run()) {
      least = Math.min(least, run.getPrimaryResult().getStatistics().getMin());
    }
    return least;
  }

  /**
   * Shortest time of a kernel.
   *
   * @param kernel timed before
   * @return microseconds
   */
  double fast(GuardedKernel kernel) {
    return shortest.get(kernel).get(Side.FAST);
  }

  /**
   * Shortest time of a kernel's twin.
   *
   * @param kernel timed before
   * @return microseconds
   */
  double twin(GuardedKernel kernel) {
    return shortest.get(kernel).get(Side.TWIN);
  }

  /**
   * How many times faster a kernel is than its twin.
   *
   * @param kernel timed before
   * @return twin/fast
   */
  double ratio(GuardedKernel kernel) {
    return twin(kernel) / fast(kernel);
  }
}
