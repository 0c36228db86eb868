package org.mdx.sim;

import java.util.ArrayList;
import java.util.List;
import org.mdx.geometry.Geometry;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;
import org.mdx.image.PixelMask;
import org.mdx.internal.kernel.Hash;
import org.mdx.internal.kernel.PoissonNoise;
import org.mdx.math.Vec3;

/**
 * One simulated sweep, with a crystal or without. A frame is made when it is read, the same bits in
 * any order and on any number of threads: noise is a function of seed, frame, panel and pixel.
 *
 * <p>Expected counts are means over pixel and frame of what {@link SweepFactors} says: Bragg peaks
 * by integration, halos at the pixel's centre and at one to three Gauss points of the frame's
 * rotation, everything else in the middle of pixel and frame (clouds only where the frame is thin
 * for them). For the shipped presets that is within 1 % of the mean at the worst pixel.
 */
public final class SimulatedSweep implements ImageSource {
  private static final int RADIAL_STEPS = 4096;
  private static final int GAP_VALUE = -1;
  private static final int DEAD_VALUE = -2;

  private final String name;
  private final Geometry geometry;
  private final DiffuseModel model;
  private final SweepFactors factors;
  private final SimulatedDetector detector;
  private final PixelTable[] tables;
  private final long noiseSeed;
  private final SpotPainter spots;
  private final NodeField field;
  private final double[] gaussPoints;
  private final double[] gaussWeights;
  private final boolean cloudInMiddle;
  private final List<Absence> absences;

  SimulatedSweep(
      String name,
      Geometry geometry,
      DiffuseModel model,
      SweepFactors factors,
      SimulatedDetector detector,
      PixelTable[] tables,
      List<Absence> absences,
      long noiseSeed) {
    this.name = name;
    this.geometry = geometry;
    this.model = model;
    this.factors = factors;
    this.detector = detector;
    this.tables = tables;
    this.absences = absences;
    this.noiseSeed = noiseSeed;
    this.spots = model == null ? null : new SpotPainter(model, geometry, tables);
    this.field = model == null ? null : model.field(sMax());
    // points per frame: the fewer, the less the farthest pixel's index changes within the frame
    double v = model == null ? 0 : Math.cbrt(model.cell().volume());
    double moved = Math.abs(Math.toRadians(geometry.scan().width())) * sMax() * v;
    double r = Math.sqrt(0.6);
    if (moved < 0.03) {
      gaussPoints = new double[] {0};
      gaussWeights = new double[] {1};
    } else if (moved < 0.4) {
      gaussPoints = new double[] {-1 / Math.sqrt(3), 1 / Math.sqrt(3)};
      gaussWeights = new double[] {0.5, 0.5};
    } else {
      gaussPoints = new double[] {-r, 0, r};
      gaussWeights = new double[] {5 / 18.0, 8 / 18.0, 5 / 18.0};
    }
    cloudInMiddle = moved < 0.25;
  }

  private double sMax() {
    double max = 0;
    for (PixelTable t : tables) {
      max = Math.max(max, t.sMax);
    }
    return max * 1.0001;
  }

  /**
   * Name of the sweep, which suits a file name.
   *
   * @return such as {@code xtal1}
   */
  public String name() {
    return name;
  }

  /**
   * The true geometry, with the crystal if there is one.
   *
   * @return the geometry
   */
  public Geometry geometry() {
    return geometry;
  }

  /**
   * The detector with its faults.
   *
   * @return the detector
   */
  public SimulatedDetector detector() {
    return detector;
  }

  /**
   * The true smooth factors.
   *
   * @return the factors
   */
  public SweepFactors factors() {
    return factors;
  }

  /**
   * The detector factor d(ix, iy), the same in all sweeps of a simulation.
   *
   * @param panel index of the panel
   * @param ix column
   * @param iy row
   * @return d, about one
   */
  public double detectorFactor(int panel, int ix, int iy) {
    return tables[panel].detectorFactor(ix, iy);
  }

  /**
   * The pixels that a careful user leaves out: gaps, dead and hot pixels, beamstop.
   *
   * @param panel index of the panel
   * @return its mask
   */
  public PixelMask mask(int panel) {
    return tables[panel].mask();
  }

  /**
   * The sweep as a reduction takes it: true geometry, frames and masks.
   *
   * @return the series
   */
  public ImageSeries series() {
    List<PixelMask> masks = new ArrayList<>();
    for (PixelTable t : tables) {
      masks.add(t.mask());
    }
    return new ImageSeries(geometry, this, masks);
  }

  @Override
  public int frames() {
    return geometry.scan().frames();
  }

  @Override
  public int panels() {
    return tables.length;
  }

  @Override
  public int width(int panel) {
    return tables[panel].width;
  }

  @Override
  public int height(int panel) {
    return tables[panel].height;
  }

  @Override
  public String describe(int frame) {
    return "simulated " + name + " frame " + (geometry.scan().firstImage() + frame);
  }

  /**
   * Makes one frame with its noise. Gaps read −1, dead pixels −2, the detector's cutoff is the
   * largest value.
   *
   * @param frame 0 to {@link #frames()} − 1
   * @param into for each panel an array of width × height values in row order, which is overwritten
   * @throws IllegalArgumentException if there is no such frame or an array has another size
   */
  @Override
  public void read(int frame, int[][] into) {
    requireFrame(frame, into.length);
    float[][] expected = new float[tables.length][];
    for (int p = 0; p < tables.length; p++) {
      requireSize(p, into[p].length);
      expected[p] = new float[into[p].length];
    }
    expected(frame, expected);
    for (int p = 0; p < tables.length; p++) {
      long key = Hash.key(Hash.key(noiseSeed, frame), p);
      record(tables[p].states, expected[p], key, into[p]);
    }
  }

  private void record(PixelStates states, float[] expected, long key, int[] counts) {
    int cutoff = detector.countCutoff();
    for (int i = 0; i < counts.length; i++) {
      counts[i] =
          switch (states.state(i)) {
            case PixelStates.GAP -> GAP_VALUE;
            case PixelStates.DEAD -> DEAD_VALUE;
            default -> Math.min(cutoff, PoissonNoise.sample(expected[i], key, i));
          };
    }
  }

  /**
   * The expected counts of one frame, before noise and cutoff. Gaps and dead pixels are zero.
   *
   * @param frame 0 to {@link #frames()} − 1
   * @param into for each panel an array of width × height values in row order, which is overwritten
   * @throws IllegalArgumentException if there is no such frame or an array has another size
   */
  public void expected(int frame, float[][] into) {
    requireFrame(frame, into.length);
    for (int p = 0; p < tables.length; p++) {
      requireSize(p, into[p].length);
      java.util.Arrays.fill(into[p], 0);
    }
    boolean lit = model != null && isInBeam(frame);
    if (lit) {
      spots.paint(frame, into);
    }
    double phi = geometry.scan().phi(frame);
    double b = factors.scale(phi);
    double seconds = geometry.scan().exposure(frame);
    RadialTable radial = new RadialTable(phi, b, seconds, lit);
    Vec3 absorption = factors.absorptionDirection(phi);
    double[][] toIndex = lit ? toIndex(frame) : null;
    double unit = !lit ? 0 : model.parameters().unit() * b * seconds;
    for (int p = 0; p < tables.length; p++) {
      fill(tables[p], radial, absorption, toIndex, unit, into[p]);
      addHotPixels(tables[p], Hash.key(noiseSeed, -1 - p), seconds, into[p]);
    }
  }

  private void fill(
      PixelTable t,
      RadialTable radial,
      Vec3 absorption,
      double[][] toIndex,
      double unit,
      float[] counts) {
    double strength = factors.effects().absorption();
    for (int i = 0; i < counts.length; i++) {
      if (t.states.state(i) == PixelStates.GAP || t.states.state(i) == PixelStates.DEAD) {
        counts[i] = 0;
        continue;
      }
      double sx = t.sx[i];
      double sy = t.sy[i];
      double sz = t.sz[i];
      double at = Math.sqrt(sx * sx + sy * sy + sz * sz) * radial.scale;
      int step = (int) at;
      double f = at - step;
      double sample = radial.sample[step] + f * (radial.sample[step + 1] - radial.sample[step]);
      if (toIndex != null) {
        double halo = 0;
        double cloud = 0;
        for (int j = 0; j < gaussWeights.length; j++) {
          double[] m = toIndex[j];
          double h = m[0] * sx + m[1] * sy + m[2] * sz;
          double k = m[3] * sx + m[4] * sy + m[5] * sz;
          double l = m[6] * sx + m[7] * sy + m[8] * sz;
          halo += gaussWeights[j] * field.halo(h, k, l);
          if (!cloudInMiddle) {
            cloud += gaussWeights[j] * field.cloud(h, k, l);
          }
        }
        if (cloudInMiddle) {
          double[] m = toIndex[gaussWeights.length];
          cloud =
              field.cloud(
                  m[0] * sx + m[1] * sy + m[2] * sz,
                  m[3] * sx + m[4] * sy + m[5] * sz,
                  m[6] * sx + m[7] * sy + m[8] * sz);
        }
        double envelope =
            radial.envelope[step] + f * (radial.envelope[step + 1] - radial.envelope[step]);
        sample += unit * (envelope * cloud + halo + counts[i]);
      }
      double x = absorption.x() * sx + absorption.y() * sy + absorption.z() * sz;
      double a = 1 - strength * (x + x * x);
      double air = radial.air[step] + f * (radial.air[step + 1] - radial.air[step]);
      counts[i] = (float) (t.response[i] * (a * sample + air));
    }
  }

  /** Hot pixels count 20 to 20,000 in the mean, whatever the light. */
  private static void addHotPixels(PixelTable t, long seed, double seconds, float[] counts) {
    for (int i = 0; i < counts.length; i++) {
      if (t.states.state(i) == PixelStates.HOT) {
        counts[i] += (float) (seconds * 500 * Math.pow(10, 3 * Hash.uniform(seed, i)));
      }
    }
  }

  /**
   * Matrices from scattering vector to Miller index: for each Gauss point of the frame, and for its
   * middle.
   */
  private double[][] toIndex(int frame) {
    int n = gaussPoints.length;
    double[][] m = new double[n + 1][];
    for (int j = 0; j <= n; j++) {
      double offset = j == n ? 0 : gaussPoints[j] * geometry.scan().width() / 2;
      m[j] = geometry.ub(geometry.scan().phi(frame) + offset).inverse().toRowMajor();
    }
    return m;
  }

  /** Whether the crystal is in the beam. */
  private boolean isInBeam(int frame) {
    int image = geometry.scan().firstImage() + frame;
    return absences.stream().noneMatch(a -> a.covers(image));
  }

  private void requireFrame(int frame, int panels) {
    if (frame < 0 || frame >= frames() || panels != tables.length) {
      throw new IllegalArgumentException(
          "frame "
              + frame
              + " for "
              + panels
              + " panels of a sweep with "
              + frames()
              + " frames and "
              + tables.length
              + " panels");
    }
  }

  private void requireSize(int panel, int size) {
    if (size != tables[panel].response.length) {
      throw new IllegalArgumentException(
          "panel " + panel + " has " + tables[panel].response.length + " pixels, not " + size);
    }
  }

  /** What depends on s alone in one frame, in counts per response, interpolated linearly. */
  private final class RadialTable {
    final double scale;
    final double[] sample = new double[RADIAL_STEPS + 2];
    final double[] envelope = new double[RADIAL_STEPS + 2];
    final double[] air = new double[RADIAL_STEPS + 2];

    RadialTable(double phi, double b, double seconds, boolean lit) {
      scale = RADIAL_STEPS / sMax();
      for (int i = 0; i < sample.length; i++) {
        double s = i / scale;
        air[i] = seconds * factors.air(s);
        if (lit) {
          sample[i] = seconds * (b * model.isotropic(s) + factors.offset(s, phi));
          envelope[i] = model.envelope(s);
        }
      }
    }
  }

  @Override
  public String toString() {
    return "SimulatedSweep[" + name + ", " + geometry + "]";
  }
}
