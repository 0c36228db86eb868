package org.mdx.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.LaueGroup;
import org.mdx.crystal.SpaceGroup;
import org.mdx.io.nexus.Mdx2;
import org.mdx.merge.ErrorModel;
import org.mdx.merge.Merged;
import org.mdx.merge.PlaneSums;
import org.mdx.parallel.Parallel;
import org.mdx.reindex.TableReindexer;
import org.mdx.scale.ScalingModel;
import org.mdx.table.EmptyResultException;
import org.mdx.table.HKLTable;
import org.mdx.table.PlaneCounts;
import scala.Tuple2;

/** Merges the tables of all sweeps by ranges of voxels. */
final class SparkMerge {
  private final SparkSession spark;
  private final SparkSettings settings;
  private final int ranges;
  private final int threads;

  SparkMerge(SparkSession spark, SparkSettings settings, int ranges, int threads) {
    this.spark = spark;
    this.settings = settings;
    this.ranges = ranges;
    this.threads = threads;
  }

  /** The tables of all sweeps with other indices, in the axes of the operators. */
  static List<JavaRDD<TablePart>> reindexed(
      SparkTables tables, List<ChangeOfBasis> operators, Crystal crystal) {
    List<JavaRDD<TablePart>> sweeps = new ArrayList<>();
    for (int i = 0; i < operators.size(); i++) {
      sweeps.add(reindexed(tables.on(i), operators.get(i), crystal.spaceGroup()));
    }
    return sweeps;
  }

  Merged merge(
      SparkTables tables, List<ChangeOfBasis> operators, List<ScalingModel> models, Crystal crystal)
      throws IOException {
    List<byte[]> scales = scales(models);
    List<JavaRDD<TablePart>> sweeps = reindexed(tables, operators, crystal);
    MergeWork work =
        new MergeWork(settings.merging(), determinants(crystal), planes(sweeps), threads);
    List<JavaRDD<MergeWork.Slice>> slices = new ArrayList<>();
    for (int i = 0; i < sweeps.size(); i++) {
      byte[] model = scales.isEmpty() ? null : scales.get(i);
      slices.add(sweeps.get(i).flatMap(t -> work.slices(t, model).iterator()));
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type, which union takes
    JavaRDD<MergeWork.Slice>[] all = slices.toArray(new JavaRDD[0]);
    JavaPairRDD<Integer, Iterable<MergeWork.Slice>> grouped =
        context
            .union(all)
            .mapToPair(s -> new Tuple2<>(s.range(), s))
            .groupByKey(work.ranges().length)
            .persist(StorageLevel.MEMORY_AND_DISK_SER());
    List<PlaneSums> planes = new ArrayList<>();
    grouped.map(g -> List.copyOf(work.planeSums(g._2()))).collect().forEach(planes::addAll);
    planes.sort(Comparator.comparingInt(PlaneSums::h));
    Broadcast<List<PlaneSums>> known = context.broadcast(planes);
    List<MergeWork.MergedRange> parts =
        new ArrayList<>(grouped.map(g -> work.merge(g._1(), g._2(), known.value())).collect());
    grouped.unpersist(true);
    known.destroy();
    parts.sort(Comparator.comparingInt(p -> p.table().sweep()));
    return joined(parts);
  }

  private static JavaRDD<TablePart> reindexed(
      JavaRDD<TablePart> tables, ChangeOfBasis operator, SpaceGroup group) {
    if (operator.equals(ChangeOfBasis.IDENTITY)) {
      return tables;
    }
    String triplet = operator.toString();
    String symbol = group.hall();
    return tables.map(
        t ->
            TablePart.of(
                t.sweep(),
                TableReindexer.of(ChangeOfBasis.of(triplet), SpaceGroup.ofHall(symbol))
                    .apply(t.toTable(), Parallel.of(1))));
  }

  /** Rows of all sweeps by plane, cut into ranges. */
  private int[][] planes(List<JavaRDD<TablePart>> sweeps) {
    PlaneCounts planes = PlaneCounts.NONE;
    for (JavaRDD<TablePart> sweep : sweeps) {
      for (PlaneCounts rows : sweep.map(t -> PlaneCounts.of(t.toTable())).collect()) {
        planes = planes.plus(rows);
      }
    }
    return MergeWork.ranges(planes, ranges);
  }

  private static double[] determinants(Crystal crystal) {
    LaueGroup laue = crystal.spaceGroup().laueGroup();
    double[] determinants = new double[laue.order()];
    for (int i = 0; i < determinants.length; i++) {
      determinants[i] = laue.determinant(i);
    }
    return determinants;
  }

  /** Models as the bytes of their files. */
  private static List<byte[]> scales(List<ScalingModel> models) throws IOException {
    List<byte[]> bytes = new ArrayList<>();
    try (RemoteFiles files = RemoteFiles.open()) {
      for (ScalingModel model : models) {
        Path file = files.folder().resolve("scales.nxs");
        Mdx2.writeScales(file, model);
        bytes.add(Files.readAllBytes(file));
      }
    }
    return bytes;
  }

  private static Merged joined(List<MergeWork.MergedRange> parts) {
    long used = 0;
    long invalid = 0;
    long outliers = 0;
    boolean expected = false;
    List<HKLTable> tables = new ArrayList<>();
    for (MergeWork.MergedRange part : parts) {
      used += part.used();
      invalid += part.invalid();
      outliers += part.outliers();
      expected |= part.expected();
      tables.add(part.table().toTable());
    }
    long rows = used + invalid + outliers;
    if (used == 0) {
      throw new EmptyResultException(
          "nothing to merge: of "
              + rows
              + " observations "
              + invalid
              + " are invalid and "
              + outliers
              + " are outliers; look at exposures, background and scaling models");
    }
    return new Merged(
        HKLTable.concatenate(tables),
        rows,
        used,
        invalid,
        outliers,
        expected ? ErrorModel.EXPECTED : ErrorModel.COUNTED);
  }

  @Override
  public String toString() {
    return "SparkMerge[" + settings.merging() + ", " + ranges + " ranges]";
  }
}
