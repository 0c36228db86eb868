package org.mdx.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.scaling.DistributedScaling;
import org.mdx.scaling.Pass;
import org.mdx.scaling.ResidentLane;
import org.mdx.scaling.Scaling;
import org.mdx.scaling.ScalingOptions;
import org.mdx.table.HKLTable;
import scala.Tuple2;

/**
 * Refines scaling models with the observations in the memory of executors, in whole lanes. In each
 * cycle the values of the terms go out and the sums of each lane come back, which are added here in
 * the order of lanes.
 *
 * <p>Spark keeps lanes as objects in memory, and their outliers change there. A lane that is built
 * anew after a loss, was copied to another executor or had a task done twice knows by the request
 * what it has to do again; so its answer is the same.
 */
final class SparkScaling {
  /** Answers that are at the driver at a time take at most this, or one partition's. */
  private static final long MOST_BYTES = 512L << 20;

  private final SparkSession spark;
  private final int partitions;
  private final int threads;

  /**
   * Scaling on a cluster.
   *
   * @param partitions into which lanes are put, at most one for each
   * @param threads of a task
   */
  SparkScaling(SparkSession spark, int partitions, int threads) {
    this.spark = spark;
    this.partitions = partitions;
    this.threads = threads;
  }

  /**
   * Models, and what is to be said of the way to them.
   *
   * @param notHeld that executors had no room for all observations; empty if they had
   */
  record Scaled(Scaling scaling, Optional<String> notHeld) {}

  /** Refines the models of sweeps, each of which is one table of its data set. */
  Scaled scale(ScalingOptions options, List<JavaRDD<TablePart>> sweeps) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type, which union takes
    JavaRDD<TablePart>[] all = sweeps.toArray(new JavaRDD[0]);
    JavaRDD<TablePart> tables = context.union(all);
    List<Tuple2<Integer, DistributedScaling.Sweep>> known =
        new ArrayList<>(tables.map(SparkScaling::look).collect());
    known.sort(Comparator.comparingInt(Tuple2::_1));
    DistributedScaling scaling =
        DistributedScaling.of(options, known.stream().map(Tuple2::_2).toList());
    known.clear();
    int n = scaling.lanes();
    Broadcast<DistributedScaling.Deal> deal = context.broadcast(scaling.deal());
    int parts = Math.max(1, Math.min(partitions, n));
    BuiltLanes built = new BuiltLanes(context.sc(), parts);
    BuiltLanes.Counter counter = built.counter();
    JavaRDD<ResidentLane> lanes =
        tables
            .flatMapToPair(t -> slices(t, deal.value()))
            .groupByKey(new ByLane(n, parts))
            .map(g -> counter.count(lane(g._1(), g._2(), deal.value())))
            .persist(StorageLevel.MEMORY_ONLY());
    Lanes cluster = new Lanes(context, lanes, n, threads, built);
    try {
      Scaling refined = scaling.refine(cluster, Parallel.available(), Progress.NONE);
      return new Scaled(refined, built.doubt());
    } finally {
      cluster.keep(List.of());
      lanes.unpersist(false);
      deal.destroy();
    }
  }

  private static Tuple2<Integer, DistributedScaling.Sweep> look(TablePart sweep) {
    return new Tuple2<>(sweep.sweep(), DistributedScaling.Sweep.of(sweep.toTable()));
  }

  /** The rows of a sweep in each lane. */
  private static Iterator<Tuple2<Integer, TablePart>> slices(
      TablePart sweep, DistributedScaling.Deal deal) {
    List<Tuple2<Integer, TablePart>> slices = new ArrayList<>();
    for (HKLTable rows : deal.rows(sweep.toTable())) {
      slices.add(new Tuple2<>(slices.size(), TablePart.of(sweep.sweep(), rows)));
    }
    return slices.iterator();
  }

  /** A lane of the rows of all sweeps in their order, however they arrived. */
  private static ResidentLane lane(
      int number, Iterable<TablePart> rows, DistributedScaling.Deal deal) {
    List<TablePart> parts = new ArrayList<>();
    rows.forEach(parts::add);
    parts.sort(Comparator.comparingInt(TablePart::sweep));
    return deal.lane(number, parts.stream().map(TablePart::toTable).toList());
  }

  /** Neighbouring lanes in one partition. */
  private static final class ByLane extends Partitioner {
    private static final long serialVersionUID = 1;

    private final int lanes;
    private final int partitions;

    ByLane(int lanes, int partitions) {
      this.lanes = lanes;
      this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
      return partitions;
    }

    @Override
    public int getPartition(Object lane) {
      return (int) ((long) (Integer) lane * partitions / lanes);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ByLane b && b.lanes == lanes && b.partitions == partitions;
    }

    @Override
    public int hashCode() {
      return 31 * lanes + partitions;
    }
  }

  /**
   * What a task does with the lanes of its partition.
   *
   * @param request which passes
   * @param passes those that it tells of; a lane that is not behind fetches the last one alone
   * @param threads of a task
   */
  private record Work(ResidentLane.Request request, Map<Long, Broadcast<Pass>> passes, int threads)
      implements FlatMapFunction<Iterator<ResidentLane>, Pass.Answer>, Serializable {

    @Override
    public Iterator<Pass.Answer> call(Iterator<ResidentLane> partition) {
      List<ResidentLane> lanes = new ArrayList<>();
      partition.forEachRemaining(lanes::add);
      lanes.sort(Comparator.comparingInt(ResidentLane::number));
      Pass.Answer[] answers = new Pass.Answer[lanes.size()];
      Parallel.of(threads)
          .forEach(
              answers.length,
              i -> answers[i] = lanes.get(i).run(request, n -> passes.get(n).value()));
      return List.of(answers).iterator();
    }
  }

  /** The lanes on the cluster. */
  private static final class Lanes implements DistributedScaling.Cluster {
    private final JavaSparkContext context;
    private final JavaRDD<ResidentLane> lanes;
    private final int count;
    private final int threads;
    private final BuiltLanes built;
    private final Map<Long, Broadcast<Pass>> sent = new HashMap<>();

    Lanes(
        JavaSparkContext context,
        JavaRDD<ResidentLane> lanes,
        int count,
        int threads,
        BuiltLanes built) {
      this.built = built;
      this.context = context;
      this.lanes = lanes;
      this.count = count;
      this.threads = threads;
    }

    @Override
    public void run(
        ResidentLane.Request request, LongFunction<Pass> passes, Consumer<Pass.Answer> take) {
      keep(request.numbers());
      for (long n : request.numbers()) {
        sent.computeIfAbsent(n, k -> context.broadcast(passes.apply(k)));
      }
      JavaRDD<Pass.Answer> answers =
          lanes.mapPartitions(new Work(request, new HashMap<>(sent), threads));
      int some = atATime(passes.apply(request.asked()).answerBytes());
      int all = lanes.getNumPartitions();
      int taken = 0;
      for (int first = 0; first < all; first += some) {
        int[] numbers = new int[Math.min(some, all - first)];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = first + i;
        }
        for (List<Pass.Answer> of : answers.collectPartitions(numbers)) {
          of.forEach(take);
          taken += of.size();
        }
      }
      if (taken != count) {
        throw new IllegalStateException("of " + count + " lanes " + taken + " have answered");
      }
      built.passed();
    }

    /** How many partitions answer at a time, by the size of a lane's answer. */
    private int atATime(long bytes) {
      long most = context.sc().conf().getSizeAsBytes("spark.driver.maxResultSize", "1g");
      long room = Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 4);
      room = most > 0 ? Math.min(room, most / 2) : room;
      int all = lanes.getNumPartitions();
      long each = Math.max(1, bytes * ((count + all - 1) / all));
      return (int) Math.max(1, Math.min(all, room / each));
    }

    /** Lets go of all passes but some. */
    void keep(List<Long> numbers) {
      sent.forEach(
          (n, pass) -> {
            if (!numbers.contains(n)) {
              pass.destroy();
            }
          });
      sent.keySet().retainAll(numbers);
    }
  }

  @Override
  public String toString() {
    return "SparkScaling[" + partitions + " partitions]";
  }
}
