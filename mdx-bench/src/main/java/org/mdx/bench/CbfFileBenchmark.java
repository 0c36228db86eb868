package org.mdx.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.mdx.image.ImageSource;
import org.mdx.io.cbf.CbfHeader;
import org.mdx.io.cbf.CbfImageSource;
import org.mdx.io.cbf.CbfWriter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Reading one CBF file, plain or compressed with gzip, that the operating system has in memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseSerialGC"})
public class CbfFileBenchmark {
  private static final byte[] TAG = {0x0c, 0x1a, 0x04, (byte) 0xd5};

  /** Size of the frame. */
  @Param public FrameSize size;

  /** Kind of file, {@code plain} or {@code gz}. */
  @Param({"plain", "gz"})
  public String file;

  private Path folder;
  private Path path;
  private ImageSource source;
  private int[][] out;

  /** A benchmark whose fields JMH fills. */
  public CbfFileBenchmark() {}

  /**
   * Writes the file and compares both ways to read it. The checksum is compared here, by the first
   * read, and not again.
   *
   * @throws IOException if it cannot be written or read
   */
  @Setup(Level.Trial)
  public void setUp() throws IOException {
    SyntheticSweep sweep = new SyntheticSweep(size, 1);
    int[] frame = sweep.recorded(0);
    folder = Files.createTempDirectory("mdx-bench");
    try {
      path = folder.resolve("frame_00001.cbf");
      CbfHeader header = CbfHeader.pilatus(sweep.geometry(), 0, "synthetic");
      CbfWriter.write(path, header, frame, size.width(), size.height());
      if (isCompressed()) {
        compress();
      }
      source = CbfImageSource.open(List.of(path), sweep.geometry().detector());
      out = new int[1][frame.length];
      SetUp.require(Arrays.equals(frame, fast()), "pixels read");
      Arrays.fill(out[0], 0);
      SetUp.require(Arrays.equals(frame, naive()), "pixels of the twin and those written");
    } catch (IOException | RuntimeException e) {
      tearDown();
      throw e;
    }
  }

  private boolean isCompressed() {
    return file.equals("gz");
  }

  private void compress() throws IOException {
    Path gz = folder.resolve("frame_00001.cbf.gz");
    try (OutputStream to = new GZIPOutputStream(Files.newOutputStream(gz))) {
      Files.copy(path, to);
    }
    Files.delete(path);
    path = gz;
  }

  /**
   * Deletes the file.
   *
   * @throws IOException if it cannot be deleted
   */
  @TearDown(Level.Trial)
  public void tearDown() throws IOException {
    Files.deleteIfExists(path);
    Files.deleteIfExists(folder);
  }

  /**
   * The library's reader.
   *
   * @return the pixels
   * @throws IOException if the file cannot be read
   */
  @Benchmark
  public int[] fast() throws IOException {
    source.read(0, out);
    return out[0];
  }

  /**
   * The whole file into a new array, then one pixel at a time.
   *
   * @return the pixels
   * @throws IOException if the file cannot be read
   */
  @Benchmark
  public int[] naive() throws IOException {
    try (InputStream in = open()) {
      byte[] bytes = in.readAllBytes();
      int at = 0;
      while (!Arrays.equals(bytes, at, at + TAG.length, TAG, 0, TAG.length)) {
        at++;
      }
      ByteOffsetBenchmark.decode(bytes, at + TAG.length, out[0]);
      return out[0];
    }
  }

  /**
   * The floor: the bytes of the file, inflated if need be and thrown away.
   *
   * @return their number
   * @throws IOException if the file cannot be read
   */
  @Benchmark
  public long bytesOnly() throws IOException {
    try (InputStream in = open()) {
      return in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private InputStream open() throws IOException {
    InputStream in = Files.newInputStream(path);
    return isCompressed() ? new GZIPInputStream(in, 1 << 16) : in;
  }
}
