package org.mdx.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.mdx.io.nexus.Mdx2;

/**
 * A reduction on two executors, one of which is killed when the third task has ended, and one again
 * in the middle of scaling, twice.
 */
final class LosesAnExecutor {
  /** Tasks of scaling after which an executor is killed. */
  private static final List<Integer> KILLS = List.of(50, 101);

  private LosesAnExecutor() {}

  /** Folder for the result, address of the background, addresses of the sweeps. */
  public static void main(String[] args) throws IOException {
    Path dir = Path.of(args[0]);
    SparkSession spark =
        SparkSession.builder()
            .master("local-cluster[2,1,1024]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .config("spark.sql.warehouse.dir", dir.resolve("warehouse").toUri().toString())
            .getOrCreate();
    Killer killer = new Killer();
    spark.sparkContext().addSparkListener(killer);
    SparkReduction.Result result =
        SparkReduction.of(spark, dir.resolve("cluster").toUri().toString())
            .background(args[1])
            .ranges(4)
            .reduce(Arrays.asList(args).subList(2, args.length));
    Mdx2.writeTable(dir.resolve("merged.nxs"), result.merged().table());
    for (int i = 0; i < result.models().size(); i++) {
      Mdx2.writeScales(dir.resolve("scales_" + i + ".nxs"), result.models().get(i));
    }
    spark.stop();
    System.out.println("doubts: " + result.doubts());
    System.out.println("tasks of scaling: " + killer.scaling);
  }

  /** Kills executors by what their tasks have done. */
  private static final class Killer extends SparkListener {
    private final Set<Integer> scalingStages = new HashSet<>();
    private int tasks;
    private int scaling;

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
      String name = submitted.stageInfo().name();
      if (name.contains("collectPartitions") && name.contains("SparkScaling")) {
        scalingStages.add(submitted.stageInfo().stageId());
      }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      tasks++;
      if (scalingStages.contains(end.stageId())) {
        scaling++;
        if (KILLS.contains(scaling)) {
          kill("task " + scaling + " of scaling");
        }
      } else if (tasks == 3) {
        kill("task 3");
      }
    }

    private static void kill(String when) {
      ProcessHandle.current()
          .descendants()
          .filter(LosesAnExecutor::isExecutor)
          .findFirst()
          .ifPresent(
              p -> System.out.println("killed an executor: " + p.destroyForcibly() + ", " + when));
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
      System.out.println("an executor was lost: " + removed.reason());
    }
  }

  private static boolean isExecutor(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("java");
  }
}
