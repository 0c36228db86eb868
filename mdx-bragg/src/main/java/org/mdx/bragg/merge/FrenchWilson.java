package org.mdx.bragg.merge;

/**
 * Amplitudes that are not negative (French &amp; Wilson 1978, Acta Cryst. A34, 517): means over the
 * distribution of J that is proportional to a Wilson prior of mean Σ times N(I − J, σ²). With J = σ
 * u², m = I − σ²/Σ of acentric and I − σ²/2Σ of centric reflections and h = m/σ the density of u is
 * uᵏ exp(−(u² − h)²/2), k = 1 and 0.
 */
public final class FrenchWilson {
  private static final int STEPS = 256;
  private static final double REACH = 9;

  /** Below this h a measurement tells nothing. */
  private static final double LEAST = -4;

  private FrenchWilson() {}

  /**
   * An amplitude.
   *
   * @param value NaN if the intensity is too far below 0
   * @param sigma its standard deviation
   */
  public record Amplitude(double value, double sigma) {
    private static final Amplitude NONE = new Amplitude(Double.NaN, Double.NaN);
  }

  /**
   * The amplitude of an intensity.
   *
   * @param intensity measured
   * @param sigma its standard deviation, above 0
   * @param mean expected intensity of the reflection, ε included; infinity for a flat prior
   * @param centric whether it is
   * @return mean and standard deviation of √J
   */
  public static Amplitude of(double intensity, double sigma, double mean, boolean centric) {
    boolean flat = Double.isInfinite(mean);
    double m = flat ? intensity : intensity - sigma * sigma / (centric ? 2 * mean : mean);
    double h = m / sigma;
    if (!(h >= LEAST) || !(mean > 0)) {
      return Amplitude.NONE;
    }
    int power = centric && !flat ? 0 : 1;
    // the density is below exp(−REACH²/2) of its maximum outside
    double spread = h < 0 ? Math.sqrt(h * h + REACH * REACH) : REACH;
    double from = Math.sqrt(Math.max(0, h - spread));
    double to = Math.sqrt(h + spread);
    double step = (to - from) / STEPS;
    double zero = 0;
    double one = 0;
    double two = 0;
    double top = h > 0 ? 0 : h * h / 2;
    for (int i = 0; i <= STEPS; i++) {
      double u = from + i * step;
      double d = u * u - h;
      double w = Math.exp(top - d * d / 2) * (power == 1 ? u : 1);
      w *= i == 0 || i == STEPS ? 1 : i % 2 == 1 ? 4 : 2;
      zero += w;
      one += w * u;
      two += w * u * u;
    }
    double f = one / zero;
    double variance = Math.max(0, two / zero - f * f);
    return new Amplitude(Math.sqrt(sigma) * f, Math.sqrt(sigma * variance));
  }
}
