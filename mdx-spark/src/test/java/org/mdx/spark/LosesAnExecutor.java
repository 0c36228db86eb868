package org.mdx.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.mdx.io.nexus.Mdx2;

/** A reduction on two executors, one of which is killed when the third task has ended. */
final class LosesAnExecutor {
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
    AtomicInteger tasks = new AtomicInteger();
    spark
        .sparkContext()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onTaskEnd(SparkListenerTaskEnd end) {
                if (tasks.incrementAndGet() == 3) {
                  ProcessHandle.current()
                      .descendants()
                      .filter(LosesAnExecutor::isExecutor)
                      .findFirst()
                      .ifPresent(
                          p -> System.out.println("killed an executor: " + p.destroyForcibly()));
                }
              }

              @Override
              public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
                System.out.println("an executor was lost: " + removed.reason());
              }
            });
    SparkReduction.Result result =
        SparkReduction.of(spark, dir.resolve("cluster").toUri().toString())
            .background(args[1])
            .settings(SparkSettings.defaults().scale(false))
            .ranges(4)
            .reduce(Arrays.asList(args).subList(2, args.length));
    Mdx2.writeTable(dir.resolve("merged.nxs"), result.merged().table());
    spark.stop();
  }

  private static boolean isExecutor(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("java");
  }
}
