package org.mdx.spark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.mdx.table.HKLTable;

/** The corrected tables of all sweeps, in Parquet on a Hadoop file system: sweep=0, sweep=1, …. */
final class SparkTables {
  private final SparkSession spark;
  private final Path folder;
  private final int sweeps;
  private final int[] ndiv;

  SparkTables(SparkSession spark, String folder, int sweeps, int[] ndiv) {
    this.spark = spark;
    this.folder = new Path(folder);
    this.sweeps = sweeps;
    this.ndiv = ndiv.clone();
  }

  /**
   * Whether the tables are there, complete and of these inputs.
   *
   * @throws IllegalArgumentException if those of other inputs are there
   */
  boolean isComplete(String inputs) throws IOException {
    FileSystem files = folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
    Path mark = new Path(folder, "_inputs");
    if (!files.exists(mark)) {
      return false;
    }
    try (FSDataInputStream in = files.open(mark)) {
      String before = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (!before.equals(inputs)) {
        throw new IllegalArgumentException(
            folder
                + " holds the corrected tables of other sweeps or settings; give another folder for"
                + " work, or delete it");
      }
    }
    return true;
  }

  /** Computes and writes the tables; what an interrupted run left is written anew. */
  void write(List<String> addresses, SweepWork work, String inputs) throws IOException {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < sweeps; i++) {
      numbers.add(i);
    }
    List<String> copy = List.copyOf(addresses);
    JavaRDD<TablePart> tables =
        context
            .parallelize(numbers, sweeps)
            .map(i -> work.correct(i, copy.get(i)))
            .persist(StorageLevel.MEMORY_AND_DISK_SER());
    List<String[]> columns = tables.map(TablePart::columns).collect();
    for (String[] other : columns) {
      if (!Arrays.equals(other, columns.get(0))) {
        throw new IllegalArgumentException(
            "sweeps with the columns "
                + Arrays.toString(columns.get(0))
                + " and "
                + Arrays.toString(other)
                + " cannot be put together: they come from detectors of one and of several panels");
      }
    }
    JavaRDD<Row> rows = tables.flatMap(TableRows::of);
    spark
        .createDataFrame(rows, TableRows.schema(columns.get(0)))
        .write()
        .mode(SaveMode.Overwrite)
        .partitionBy("sweep")
        .parquet(folder.toString());
    tables.unpersist(true);
    FileSystem files = folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
    try (FSDataOutputStream out = files.create(new Path(folder, "_inputs"), true)) {
      out.write(inputs.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The table of one sweep on the cluster. */
  JavaRDD<TablePart> on(int sweep) {
    Dataset<Row> frame = spark.read().parquet(new Path(folder, "sweep=" + sweep).toString());
    StructType schema = frame.schema();
    String[] columns = TableRows.columns(schema);
    int[] n = ndiv;
    return frame
        .coalesce(1)
        .toJavaRDD()
        .mapPartitions(rows -> List.of(TableRows.table(sweep, n, columns, rows)).iterator());
  }

  /** The table of one sweep here. */
  HKLTable read(int sweep) {
    return on(sweep).first().toTable();
  }

  @Override
  public String toString() {
    return "SparkTables[" + sweeps + " sweeps in " + folder + "]";
  }
}
