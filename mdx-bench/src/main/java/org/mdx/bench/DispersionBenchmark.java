package org.mdx.bench;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.mdx.bragg.internal.kernel.BitRows;
import org.mdx.bragg.internal.kernel.DispersionKernel;
import org.mdx.bragg.internal.kernel.StrongKernel;
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
import org.openjdk.jmh.annotations.Warmup;

/** Strong pixels of one frame by extended dispersion. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseSerialGC"})
public class DispersionBenchmark {
  private static final int K = 3;
  private static final int RADIUS = K - 1;
  private static final int LOWEST = 0;

  /** Size of the frame. */
  @Param public FrameSize size;

  private int[] frame;
  private int width;
  private int height;
  private DispersionKernel dispersion;
  private StrongKernel strongest;
  private long[] candidates;
  private long[] scratch;
  private long[] strong;
  private double[][] tables;

  /** A benchmark whose fields JMH fills. */
  public DispersionBenchmark() {}

  /** Makes a frame and compares both ways. */
  @Setup(Level.Trial)
  public void setUp() {
    frame = new SyntheticSweep(size, 1).frame(0);
    width = size.width();
    height = size.height();
    dispersion = new DispersionKernel(width, height, K, K);
    dispersion.set(LOWEST, 2, 6, Double.NaN, 0);
    strongest = new StrongKernel(width, height, K + 2, K + 2);
    strongest.set(LOWEST, 0, 3, 1, 0, true);
    candidates = new long[BitRows.words(width) * height];
    scratch = new long[candidates.length];
    strong = new long[candidates.length];
    tables = new double[3][(width + 1) * (height + 1)];
    boolean[] slow = naive();
    fast();
    boolean[] quick = new boolean[slow.length];
    for (int i = 0; i < quick.length; i++) {
      quick[i] = isSet(candidates, i);
    }
    SetUp.require(Arrays.equals(slow, quick), "pixels that may be signal");
    SetUp.require(BitRows.count(whole()) > 0, "strong pixels");
  }

  private boolean isSet(long[] bits, int i) {
    return (bits[i / width * BitRows.words(width) + i % width / 64] >>> i % width & 1) != 0;
  }

  /**
   * The first test, eroded.
   *
   * @return the pixels that may be signal
   */
  @Benchmark
  public long[] fast() {
    dispersion.mark(frame, RADIUS, candidates, scratch);
    return candidates;
  }

  /**
   * All of it: the first test, eroded, and the mean about what is left.
   *
   * @return the strong pixels
   */
  @Benchmark
  public long[] whole() {
    dispersion.mark(frame, RADIUS, candidates, scratch);
    strongest.mark(frame, candidates, strong);
    return strong;
  }

  /**
   * The first test by tables of sums over all pixels above and to the left; of these, pixels that
   * have no others near.
   *
   * @return the pixels that may be signal
   */
  @Benchmark
  public boolean[] naive() {
    sumUp();
    boolean[] marked = new boolean[frame.length];
    for (int y = 0; y < height; y++) {
      int y0 = Math.max(0, y - K);
      int y1 = Math.min(height, y + K + 1);
      for (int x = 0; x < width; x++) {
        int x0 = Math.max(0, x - K);
        int x1 = Math.min(width, x + K + 1);
        double m = window(tables[0], x0, x1, y0, y1);
        double sum = window(tables[1], x0, x1, y0, y1);
        double squares = window(tables[2], x0, x1, y0, y1);
        marked[y * width + x] =
            frame[y * width + x] >= LOWEST
                && m >= 2
                && m * squares - sum * sum - sum * (m - 1) > sum * 6 * Math.sqrt(2 * (m - 1));
      }
    }
    return eroded(marked);
  }

  private boolean[] eroded(boolean[] marked) {
    boolean[] left = new boolean[marked.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean all = marked[y * width + x];
        for (int v = Math.max(0, y - RADIUS); all && v <= Math.min(height - 1, y + RADIUS); v++) {
          for (int u = Math.max(0, x - RADIUS); all && u <= Math.min(width - 1, x + RADIUS); u++) {
            all = marked[v * width + u];
          }
        }
        left[y * width + x] = all;
      }
    }
    return left;
  }

  private void sumUp() {
    int w = width + 1;
    for (int y = 0; y < height; y++) {
      double m = 0;
      double sum = 0;
      double squares = 0;
      for (int x = 0; x < width; x++) {
        double v = frame[y * width + x];
        if (v >= LOWEST) {
          m++;
          sum += v;
          squares += v * v;
        }
        int i = (y + 1) * w + x + 1;
        tables[0][i] = tables[0][i - w] + m;
        tables[1][i] = tables[1][i - w] + sum;
        tables[2][i] = tables[2][i - w] + squares;
      }
    }
  }

  private double window(double[] table, int x0, int x1, int y0, int y1) {
    int w = width + 1;
    return table[y1 * w + x1] - table[y0 * w + x1] - table[y1 * w + x0] + table[y0 * w + x0];
  }
}
