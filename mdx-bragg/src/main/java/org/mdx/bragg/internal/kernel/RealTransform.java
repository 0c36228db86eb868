package org.mdx.bragg.internal.kernel;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Fourier transform of a real, sparse density on a cube of n³ points, n a power of two, in single
 * precision: F(k) = Σ ρ(x) exp(−2πi k·x/n). Only 0 ≤ kx ≤ n/2 is kept, the other half being its
 * complex conjugate; lines along x that hold nothing are skipped. A butterfly combines whole rows
 * along x, so that its loop runs over neighbouring numbers.
 *
 * <p>Does not check its arguments.
 */
public final class RealTransform {
  private final int n;
  private final int half;
  private final float[] re;
  private final float[] im;
  private final float[] cosine;
  private final float[] sine;
  private final boolean[] filled;

  /**
   * Room for a transform.
   *
   * @param n edge of the cube, a power of two, at least 2
   */
  public RealTransform(int n) {
    this.n = n;
    this.half = n / 2 + 1;
    this.re = new float[n * n * half];
    this.im = new float[n * n * half];
    this.cosine = new float[n / 2];
    this.sine = new float[n / 2];
    this.filled = new boolean[n * n];
    for (int i = 0; i < n / 2; i++) {
      cosine[i] = (float) Math.cos(2 * Math.PI * i / n);
      sine[i] = (float) -Math.sin(2 * Math.PI * i / n);
    }
  }

  /** Runs tasks for indices from 0, in any order, perhaps several at a time. */
  @FunctionalInterface
  public interface Loop {
    /**
     * Runs them all and returns when they are done.
     *
     * @param count how many
     * @param task what to do for each
     */
    void forEach(int count, IntConsumer task);
  }

  /**
   * Transforms a sparse density.
   *
   * @param points index x + n·(y + n·z) of each filled point, rising, none twice
   * @param values its density
   * @param loop runs the planes
   */
  public void run(int[] points, float[] values, Loop loop) {
    Arrays.fill(re, 0);
    Arrays.fill(im, 0);
    Arrays.fill(filled, false);
    lines(points, values);
    loop.forEach(n, this::alongY);
    loop.forEach(n, this::alongZ);
  }

  /** The first axis: one line after the other, each with its own points only. */
  private void lines(int[] points, float[] values) {
    float[] lineRe = new float[n];
    float[] lineIm = new float[n];
    int i = 0;
    while (i < points.length) {
      int line = points[i] / n;
      Arrays.fill(lineRe, 0);
      Arrays.fill(lineIm, 0);
      while (i < points.length && points[i] / n == line) {
        lineRe[reversed(points[i] % n)] = values[i];
        i++;
      }
      transform(lineRe, lineIm, 0, 1, 1);
      System.arraycopy(lineRe, 0, re, line * half, half);
      System.arraycopy(lineIm, 0, im, line * half, half);
      filled[line] = true;
    }
  }

  private int reversed(int i) {
    return n == 1 ? 0 : Integer.reverse(i) >>> (Integer.numberOfLeadingZeros(n) + 1);
  }

  private void alongY(int z) {
    boolean any = false;
    for (int y = 0; y < n && !any; y++) {
      any = filled[z * n + y];
    }
    if (any) {
      permute(z * n * half, half);
      transform(re, im, z * n * half, half, half);
    }
  }

  private void alongZ(int y) {
    permute(y * half, n * half);
    transform(re, im, y * half, n * half, half);
  }

  /** Rows in the order of their reversed bits. */
  private void permute(int offset, int stride) {
    float[] spare = new float[half];
    for (int i = 0; i < n; i++) {
      int j = reversed(i);
      if (i < j) {
        swap(re, offset + i * stride, offset + j * stride, spare);
        swap(im, offset + i * stride, offset + j * stride, spare);
      }
    }
  }

  private static void swap(float[] a, int i, int j, float[] spare) {
    System.arraycopy(a, i, spare, 0, spare.length);
    System.arraycopy(a, j, a, i, spare.length);
    System.arraycopy(spare, 0, a, j, spare.length);
  }

  /** n rows of a width, the distance of a stride apart: butterflies of rising span. */
  private void transform(float[] a, float[] b, int offset, int stride, int width) {
    for (int span = 1; span < n; span *= 2) {
      int step = n / (2 * span);
      for (int k = 0; k < span; k++) {
        float wr = cosine[k * step];
        float wi = sine[k * step];
        for (int i = k; i < n; i += 2 * span) {
          butterfly(a, b, offset + i * stride, offset + (i + span) * stride, width, wr, wi);
        }
      }
    }
  }

  /** (p, q) → (p + w·q, p − w·q) for two rows. */
  private static void butterfly(float[] a, float[] b, int p, int q, int width, float wr, float wi) {
    for (int x = 0; x < width; x++) {
      float qr = a[q + x];
      float qi = b[q + x];
      float tr = wr * qr - wi * qi;
      float ti = wr * qi + wi * qr;
      float pr = a[p + x];
      float pi = b[p + x];
      a[q + x] = pr - tr;
      b[q + x] = pi - ti;
      a[p + x] = pr + tr;
      b[p + x] = pi + ti;
    }
  }

  /**
   * Edge of the cube.
   *
   * @return n
   */
  public int size() {
    return n;
  }

  /**
   * The real parts.
   *
   * @return element kx + (n/2 + 1)·(ky + n·kz); the working array itself
   */
  public float[] real() {
    return re;
  }

  /**
   * The imaginary parts.
   *
   * @return as for {@link #real()}
   */
  public float[] imaginary() {
    return im;
  }
}
