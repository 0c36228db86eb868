package org.mdx.bench;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.mdx.bragg.internal.kernel.BitRows;
import org.mdx.bragg.internal.kernel.WindowExcess;
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

/** Wide weak spots by the sum of a window, beside sums over each window and the frame about it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseSerialGC"})
public class WindowExcessBenchmark {
  private static final int HALF = 2;

  /** From the middle to the outermost pixel of the gap and of the frame about the window. */
  private static final int GAP = 4;

  private static final int FRAME = 9;
  private static final double SIGMAS = 5.5;

  /** Size of the frame. */
  @Param public FrameSize size;

  private int[] image;
  private int width;
  private int height;
  private WindowExcess kernel;
  private long[] strong;

  /** A benchmark whose fields JMH fills. */
  public WindowExcessBenchmark() {}

  /** Makes a frame with a spot in each 40 × 40 pixels, and compares both ways. */
  @Setup(Level.Trial)
  public void setUp() {
    width = size.width();
    height = size.height();
    image = new int[width * height];
    Random random = new Random(1);
    for (int i = 0; i < image.length; i++) {
      boolean lit = i % width % 40 < 5 && i / width % 40 < 5;
      image[i] = (lit ? 2 : 0) + random.nextInt(3) + random.nextInt(3);
    }
    kernel = new WindowExcess(width, height, HALF);
    kernel.set(0, SIGMAS, 1, 0);
    strong = new long[BitRows.words(width) * height];
    int places = naive();
    int pixels = BitRows.count(fast());
    SetUp.require(places > 0 && pixels >= places, places + " places, " + pixels + " pixels");
    for (int y = FRAME; y < height - FRAME; y++) {
      for (int x = FRAME; x < width - FRAME; x++) {
        boolean marked = (strong[y * BitRows.words(width) + x / 64] >>> x % 64 & 1) != 0;
        SetUp.require(marked || excess(x, y) <= SIGMAS, "column " + x + ", row " + y);
        SetUp.require(!marked || excess(x, y) > WindowExcess.AROUND, "at " + x + ", " + y);
      }
    }
  }

  /**
   * The kernel.
   *
   * @return the marked pixels
   */
  @Benchmark
  public long[] fast() {
    Arrays.fill(strong, 0);
    kernel.add(image, strong);
    return strong;
  }

  /**
   * Each window by itself, far from the edges.
   *
   * @return places above the limit
   */
  @Benchmark
  public int naive() {
    int n = 0;
    for (int y = FRAME; y < height - FRAME; y++) {
      for (int x = FRAME; x < width - FRAME; x++) {
        n += excess(x, y) > SIGMAS ? 1 : 0;
      }
    }
    return n;
  }

  /** The z at which a place is at the limit, the positive root of its quadratic equation. */
  private double excess(int x, int y) {
    long inner = sum(x, y, HALF);
    int n = (2 * HALF + 1) * (2 * HALF + 1);
    int m = (2 * FRAME + 1) * (2 * FRAME + 1) - (2 * GAP + 1) * (2 * GAP + 1);
    double mean = (sum(x, y, FRAME) - sum(x, y, GAP) + 1.0) / m;
    double error = Math.sqrt(n * mean * (1 + (double) n / m));
    double c = inner - n * mean + 1.0 / 6;
    // z·error + z²/6 = c
    return c < 0 ? 0 : 3 * (Math.sqrt(error * error + 2 * c / 3) - error);
  }

  private long sum(int x, int y, int half) {
    long sum = 0;
    for (int v = y - half; v <= y + half; v++) {
      for (int u = x - half; u <= x + half; u++) {
        sum += image[v * width + u];
      }
    }
    return sum;
  }
}
