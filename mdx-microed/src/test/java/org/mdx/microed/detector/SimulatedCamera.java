package org.mdx.microed.detector;

import java.util.Random;
import org.mdx.image.ImageSource;

/**
 * Frames of a camera with known pedestal, gain and noise: a background that falls from the centre,
 * a beam that flickers, a pattern of pixel offsets, Bragg peaks that come and go.
 */
record SimulatedCamera(
    int size, int frames, double pedestal, double gain, double noise, double blur, double brightest)
    implements ImageSource {

  @Override
  public int panels() {
    return 1;
  }

  @Override
  public int width(int panel) {
    return size;
  }

  @Override
  public int height(int panel) {
    return size;
  }

  @Override
  public String describe(int frame) {
    return "frame " + frame;
  }

  @Override
  public void read(int frame, int[][] into) {
    Random random = new Random(1000 + frame);
    Random pattern = new Random(5);
    double[] image = new double[size * size];
    double flicker = 1 + 0.05 * random.nextGaussian();
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        double r = Math.hypot(x - size / 2.0, y - size / 2.0) / size;
        double quanta = flicker * brightest * Math.exp(-9 * r);
        if ((x * 7 + y * 13 + frame / 3 * 31) % 6151 < 2 && r > 0.05) {
          quanta += brightest * 3; // a Bragg peak, on three frames
        }
        for (int k = poisson(quanta, random); k > 0; k--) {
          int i = y * size + x;
          image[i] += gain * (1 - blur);
          image[x + 1 < size ? i + 1 : i] += gain * blur;
        }
      }
    }
    for (int i = 0; i < image.length; i++) {
      double offset = pattern.nextGaussian() * noise;
      image[i] += pedestal + offset + noise * random.nextGaussian();
      into[0][i] = (int) Math.rint(image[i]);
    }
  }

  private static int poisson(double mean, Random random) {
    if (mean > 50) {
      return (int) Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    int k = 0;
    for (double p = random.nextDouble(), limit = Math.exp(-mean); p > limit; k++) {
      p *= random.nextDouble();
    }
    return k;
  }
}
