package org.mdx.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Times kernels and their twins in turn, each time in a fresh JVM. What else the machine does only
 * adds to a time, so that the shortest of all iterations counts.
 */
final class Stopwatch {
  private static final int WARM_UP = 3;
  private static final int ITERATIONS = 5;
  private static final TimeValue ITERATION_TIME = TimeValue.milliseconds(200);

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
    for (double time : run(kernel, method)) {
      times.merge(side, time, Math::min);
    }
  }

  private static List<Double> run(GuardedKernel kernel, String method) throws RunnerException {
    String name = kernel.benchmark().getName() + "." + method;
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + name.replace(".", "\\.") + "$")
            .forks(1)
            .warmupIterations(WARM_UP)
            .warmupTime(ITERATION_TIME)
            .measurementIterations(ITERATIONS)
            .measurementTime(ITERATION_TIME)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    for (String parameter : kernel.parameters()) {
      String[] nameAndValue = parameter.split("=", 2);
      options.param(nameAndValue[0], nameAndValue[1]);
    }
    List<Double> times = new ArrayList<>();
    for (RunResult run : new Runner(options.build()).run()) {
      for (BenchmarkResult fork : run.getBenchmarkResults()) {
        for (IterationResult iteration : fork.getIterationResults()) {
          times.add(iteration.getPrimaryResult().getScore());
        }
      }
    }
    return times;
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
