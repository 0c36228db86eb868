package org.mdx.spark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.mdx.io.nexus.Mdx2;

/**
 * The program for {@code spark-submit}: {@code SparkReduce [--background LIST] [--subdivide H,K,L]
 * [--count-threshold N] [--sigma-cutoff S] [--scaling mca2020|none] [--no-reindex] [--ranges N]
 * --out ADDRESS LIST…}. It leaves merged.nxs and the scaling models in the folder, and the
 * corrected tables for the next run in work/.
 */
public final class SparkReduce {
  private String background;
  private String out;
  private int ranges;
  private SparkSettings settings = SparkSettings.defaults();
  private final List<String> sweeps = new ArrayList<>();

  private SparkReduce() {}

  /**
   * Runs the program; exits with 2 if it cannot be called like that and with 1 if it fails.
   *
   * @param args as above
   */
  public static void main(String[] args) {
    SparkReduce program = new SparkReduce();
    try {
      program.read(Arrays.asList(args).iterator());
    } catch (IllegalArgumentException e) {
      System.err.println("SparkReduce: " + e.getMessage());
      System.exit(2);
    }
    SparkSession spark = SparkSession.builder().appName("mdx").getOrCreate();
    try {
      program.run(spark, System.out);
    } catch (IOException | RuntimeException e) {
      System.err.println("SparkReduce: " + e.getMessage());
      spark.stop();
      System.exit(1);
    }
    spark.stop();
  }

  private void read(Iterator<String> args) {
    while (args.hasNext()) {
      String arg = args.next();
      if (!arg.startsWith("--")) {
        sweeps.add(arg);
      } else if (arg.equals("--no-reindex")) {
        settings = settings.reindex(false);
      } else if (args.hasNext()) {
        set(arg, args.next());
      } else {
        throw new IllegalArgumentException(arg + " needs a value");
      }
    }
    if (sweeps.isEmpty() || out == null) {
      throw new IllegalArgumentException(
          "give --out ADDRESS and the experiment list of each sweep");
    }
  }

  private void set(String option, String value) {
    switch (option) {
      case "--background" -> background = value;
      case "--out" -> out = value;
      case "--ranges" -> ranges = Integer.parseInt(value);
      case "--subdivide" -> {
        String[] n = value.split(",", -1);
        if (n.length != 3) {
          throw new IllegalArgumentException("--subdivide " + value + ": must be such as 3,3,3");
        }
        settings =
            settings.subdivide(
                Integer.parseInt(n[0]), Integer.parseInt(n[1]), Integer.parseInt(n[2]));
      }
      case "--count-threshold" ->
          settings = settings.bragg(Integer.parseInt(value), settings.sigmaCutoff());
      case "--sigma-cutoff" ->
          settings = settings.bragg(settings.countThreshold(), Double.parseDouble(value));
      case "--scaling" -> {
        if (!List.of("mca2020", "none").contains(value)) {
          throw new IllegalArgumentException("--scaling " + value + ": must be mca2020 or none");
        }
        settings = settings.scale(value.equals("mca2020"));
      }
      default -> throw new IllegalArgumentException("there is no option " + option);
    }
  }

  private void run(SparkSession spark, PrintStream to) throws IOException {
    SparkReduction reduction =
        SparkReduction.of(spark, out + "/work").settings(settings).background(background);
    reduction = ranges > 0 ? reduction.ranges(ranges) : reduction;
    SparkReduction.Result result = reduction.reduce(sweeps);
    result.notScaled().ifPresent(why -> to.println("not scaled: " + why));
    result.scaling().ifPresent(to::println);
    result.doubts().forEach(doubt -> to.println("warning: " + doubt));
    try (RemoteFiles files = RemoteFiles.open()) {
      for (int i = 0; i < result.models().size(); i++) {
        Path file = files.folder().resolve("scales_" + i + ".nxs");
        Mdx2.writeScales(file, result.models().get(i));
        RemoteFiles.put(file, out + "/" + file.getFileName());
      }
      Path merged = files.folder().resolve("merged.nxs");
      Mdx2.writeTable(merged, result.merged().table());
      RemoteFiles.put(merged, out + "/merged.nxs");
    }
    to.println(result.merged());
    to.println("wrote " + out + "/merged.nxs");
  }

  @Override
  public String toString() {
    return "SparkReduce[" + settings + "]";
  }
}
