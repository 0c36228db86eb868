package org.mdx.bragg.internal.kernel;

/**
 * Fourier transform of one line of complex numbers whose length is a power of two, in place: F(k) =
 * Σ f(x) exp(−2πi k·x/n). Does not check its arguments.
 */
public final class LineTransform {
  private final int n;
  private final int[] reversed;
  private final double[] cosine;
  private final double[] sine;

  /**
   * Tables for a length.
   *
   * @param n a power of two, at least 2
   */
  public LineTransform(int n) {
    this.n = n;
    this.reversed = new int[n];
    this.cosine = new double[n / 2];
    this.sine = new double[n / 2];
    for (int i = 0; i < n; i++) {
      reversed[i] = Integer.reverse(i) >>> (Integer.numberOfLeadingZeros(n) + 1);
    }
    for (int i = 0; i < n / 2; i++) {
      cosine[i] = Math.cos(2 * Math.PI * i / n);
      sine[i] = -Math.sin(2 * Math.PI * i / n);
    }
  }

  /**
   * Transforms a line.
   *
   * @param re real parts, n of them
   * @param im imaginary parts
   */
  public void run(double[] re, double[] im) {
    for (int i = 0; i < n; i++) {
      int j = reversed[i];
      if (i < j) {
        double t = re[i];
        re[i] = re[j];
        re[j] = t;
        t = im[i];
        im[i] = im[j];
        im[j] = t;
      }
    }
    for (int span = 1; span < n; span *= 2) {
      int step = n / (2 * span);
      for (int start = 0; start < n; start += 2 * span) {
        for (int k = 0; k < span; k++) {
          int p = start + k;
          int q = p + span;
          double wr = cosine[k * step];
          double wi = sine[k * step];
          double tr = wr * re[q] - wi * im[q];
          double ti = wr * im[q] + wi * re[q];
          re[q] = re[p] - tr;
          im[q] = im[p] - ti;
          re[p] += tr;
          im[p] += ti;
        }
      }
    }
  }
}
