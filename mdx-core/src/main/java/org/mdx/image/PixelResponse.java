package org.mdx.image;

import java.util.Locale;
import org.mdx.geometry.Panel;

/**
 * What the values of a panel's pixels mean in frames as they are read. A value v stands for
 *
 * <pre>
 * counts = (v − pedestal)/gain          variance of v = gain·(v − pedestal) + readNoise²
 * </pre>
 *
 * counts being photons or electrons; below 0 where the noise of the camera exceeds the signal.
 *
 * @param gain value of one photon or electron, above 0
 * @param pedestal mean value of an unexposed pixel
 * @param readNoise standard deviation of an unexposed pixel; 0 if there is none or it is not known
 */
public record PixelResponse(double gain, double pedestal, double readNoise) {

  /** Of a detector that counts: a value is the number of photons. */
  public static final PixelResponse COUNTER = new PixelResponse(1, 0, 0);

  public PixelResponse {
    if (!(gain > 0 && gain <= Double.MAX_VALUE)
        || !(Math.abs(pedestal) <= Double.MAX_VALUE)
        || !(readNoise >= 0 && readNoise <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "gain "
              + gain
              + ", pedestal "
              + pedestal
              + " and read noise "
              + readNoise
              + "; the gain must be above 0, the noise 0 or more, all finite");
    }
  }

  /**
   * The response of a panel whose values are read as whole numbers of steps.
   *
   * @param panel knows gain, pedestal and read noise
   * @param fractionBits a step is 2 to the power of minus this
   * @return the response in steps
   */
  public static PixelResponse of(Panel panel, int fractionBits) {
    return new PixelResponse(
        Math.scalb(panel.gain(), fractionBits),
        Math.scalb(panel.pedestal(), fractionBits),
        Math.scalb(panel.readNoise(), fractionBits));
  }

  /**
   * Whether a value is the number of photons or electrons, without noise of its own.
   *
   * @return true for gain 1, pedestal 0 and no read noise
   */
  public boolean isCounter() {
    return gain == 1 && pedestal == 0 && readNoise == 0;
  }

  /**
   * Counts of some pixels.
   *
   * @param sum of their values
   * @param pixels how many
   * @return photons or electrons; may be below 0; exact where gain and pedestal are whole numbers
   *     and the quotient is one
   */
  public double counts(double sum, double pixels) {
    return (sum - pixels * pedestal) / gain;
  }

  /**
   * Variance that a pixel has beside that of the photons or electrons themselves.
   *
   * @return (readNoise/gain)², counts²
   */
  public double noiseVariance() {
    return readNoise / gain * (readNoise / gain);
  }

  /**
   * The value that as many photons or electrons have on average.
   *
   * @param counts photons or electrons
   * @return pedestal + gain·counts
   */
  public double value(double counts) {
    return pedestal + gain * counts;
  }

  /**
   * The greatest whole value that does not exceed as many photons or electrons: a pixel counts more
   * if and only if its value is greater. No {@link Pixels#MASKED} is.
   *
   * @param counts photons or electrons
   * @return the value, or the nearest one that an int holds
   */
  public int limit(double counts) {
    return (int) Math.floor(value(counts));
  }

  /**
   * The smallest whole value that is not below as many photons or electrons.
   *
   * @param counts photons or electrons
   * @return the value, or the nearest one that an int holds
   */
  public int atLeast(double counts) {
    return (int) Math.ceil(value(counts));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "gain %.6g, pedestal %.6g, read noise %.6g", gain, pedestal, readNoise);
  }
}
