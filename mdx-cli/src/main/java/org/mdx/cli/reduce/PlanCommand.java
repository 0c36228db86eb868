package org.mdx.cli.reduce;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.JsonText;
import org.mdx.cli.terminal.Numbers;
import org.mdx.image.ImageSeries;
import org.mdx.io.input.Images;
import org.mdx.io.scratch.MemoryBudget;
import org.mdx.pipeline.ReductionOptions;
import org.mdx.pipeline.ReductionPlan;
import org.mdx.pipeline.Sweep;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a reduction will need, before it is done. */
@Command(
    name = "plan",
    description = {
      "Say what observations, memory, disk and time a reduction will need.",
      "Looks at the first frames of each sweep; the numbers are estimates."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class PlanCommand implements Callable<Integer> {
  private static final double MB = 1e6;

  @Mixin private CommonOptions common;

  @Parameters(
      arity = "1..*",
      paramLabel = "EXPT",
      description = "Experiment lists of indexed sweeps.")
  private List<Path> expt;

  @Option(
      names = "--subdivide",
      paramLabel = "N,N,N",
      defaultValue = "3,3,3",
      parameterConsumer = Numbers.ThreeIntegers.class,
      description = "Voxels along each unit of h, k and l.")
  private Numbers.Values subdivide;

  @Option(names = "--json", description = "Print the numbers as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    List<Sweep> sweeps = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Path file : expt) {
      List<ImageSeries> held = Images.openAll(file);
      names.addAll(SweepInput.names(file, held.size()));
      held.forEach(images -> sweeps.add(Sweep.of(images)));
    }
    ReductionOptions options =
        common.checked(
            () ->
                ReductionOptions.standard()
                    .subdivide(subdivide.integer(0), subdivide.integer(1), subdivide.integer(2)));
    ReductionPlan plan = ReductionPlan.of(sweeps, options, common.parallel());
    if (json) {
      common.out().println(JsonText.of(values(plan, names)));
    } else {
      print(plan, names);
    }
    return 0;
  }

  private Map<String, Object> values(ReductionPlan plan, List<String> names) {
    List<Map<String, Object>> each = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      ReductionPlan.SweepPlan s = plan.sweeps().get(i);
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", names.get(i));
      one.put("frames", s.frames());
      one.put("pixels", s.pixels());
      one.put("observations", s.observations());
      one.put("seconds", s.seconds());
      each.add(one);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("sweeps", each);
    all.put("observations", plan.observations());
    all.put("voxels", Math.round(plan.voxels()));
    all.put("heap_bytes", Math.round(plan.heap()));
    all.put("heap_available_bytes", Runtime.getRuntime().maxMemory());
    all.put("memory_budget_bytes", MemoryBudget.ofMachine().bytes());
    all.put("least_heap_bytes", Math.round(plan.leastHeap()));
    all.put("merge_heap_bytes", Math.round(plan.mergeHeap()));
    all.put("scratch_bytes", Math.round(plan.scratch()));
    all.put("output_bytes", Math.round(plan.output()));
    all.put("seconds", plan.seconds());
    return all;
  }

  private void print(ReductionPlan plan, List<String> names) {
    PrintWriter out = common.out();
    for (int i = 0; i < names.size(); i++) {
      ReductionPlan.SweepPlan s = plan.sweeps().get(i);
      out.printf(
          Locale.ROOT,
          "%s: %d frames of %d pixels, about %d observations, %.0f s%n",
          names.get(i),
          s.frames(),
          s.pixels(),
          s.observations(),
          s.seconds());
    }
    out.printf(
        Locale.ROOT,
        "together: %d observations of %.0f voxels, %.0f s with %d threads%n",
        plan.observations(),
        plan.voxels(),
        plan.seconds(),
        common.parallel().threads());
    out.printf(
        Locale.ROOT,
        "memory: %.0f MB for reduce, %.0f MB for merge; output: at most %.0f MB%n",
        plan.heap() / MB,
        plan.mergeHeap() / MB,
        plan.output() / MB);
    MemoryBudget budget = MemoryBudget.ofMachine();
    out.println("there is: " + budget);
    if (!budget.holds(plan.heap())) {
      out.printf(
          Locale.ROOT,
          "reduce will keep observations in about %.0f MB of scratch files (--scratch says where);"
              + " to keep them in memory, give Java more with MDX_JAVA_OPTIONS=-Xmx%dm%n",
          plan.scratch() / MB,
          (long) Math.ceil(1.3 * plan.heap() / (1 << 20)));
    }
    if (plan.leastHeap() > Runtime.getRuntime().maxMemory()) {
      out.printf(
          Locale.ROOT,
          "one sweep and the merged voxels alone need about %.0f MB: give Java more with"
              + " MDX_JAVA_OPTIONS=-Xmx%dm, or subdivide more coarsely%n",
          plan.leastHeap() / MB,
          (long) Math.ceil(1.1 * plan.leastHeap() / (1 << 20)));
    }
  }
}
