package org.mdx.bench;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.mdx.io.internal.codec.ByteOffset;
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

/** Decompression of the byte-offset pixels of one CBF frame in memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseSerialGC"})
public class ByteOffsetBenchmark {
  /** Size of the frame. */
  @Param public FrameSize size;

  private byte[] bytes;
  private int[] out;

  /** A benchmark whose fields JMH fills. */
  public ByteOffsetBenchmark() {}

  /** Compresses a frame and compares both ways back. */
  @Setup(Level.Trial)
  public void setUp() {
    int[] frame = new SyntheticSweep(size, 1).recorded(0);
    bytes = new byte[(int) ByteOffset.encodedLength(frame, frame.length)];
    ByteOffset.encode(frame, frame.length, bytes, 0);
    out = new int[frame.length];
    SetUp.require(Arrays.equals(frame, naive()), "pixels of the twin and those compressed");
    Arrays.fill(out, 0);
    SetUp.require(Arrays.equals(frame, fast()), "pixels decompressed");
  }

  /**
   * The kernel.
   *
   * @return the pixels
   */
  @Benchmark
  public int[] fast() {
    ByteOffset.decode(bytes, 0, bytes.length, out, out.length);
    return out;
  }

  /**
   * One pixel at a time, and no test whether the bytes suffice or the value fits.
   *
   * @return the pixels
   */
  @Benchmark
  public int[] naive() {
    decode(bytes, 0, out);
    return out;
  }

  /**
   * The floor: a pass over the pixels that does nothing but add them.
   *
   * @return their sum
   */
  @Benchmark
  public int plainPass() {
    return sum(out);
  }

  /** The sum of pixels that it fits into. */
  static int sum(int[] pixels) {
    int sum = 0;
    for (int v : pixels) {
      sum += v;
    }
    return sum;
  }

  /** Decompresses as the format is described; fills {@code out}. */
  static void decode(byte[] bytes, int from, int[] out) {
    int p = from;
    int value = 0;
    for (int i = 0; i < out.length; i++) {
      int difference = bytes[p++];
      if (difference == Byte.MIN_VALUE) {
        difference = (short) littleEndian(bytes, p, 2);
        p += 2;
        if (difference == Short.MIN_VALUE) {
          difference = littleEndian(bytes, p, 4);
          p += 4;
        }
      }
      value += difference;
      out[i] = value;
    }
  }

  private static int littleEndian(byte[] bytes, int from, int n) {
    int value = 0;
    for (int i = 0; i < n; i++) {
      value |= (bytes[from + i] & 0xff) << (8 * i);
    }
    return value;
  }
}
