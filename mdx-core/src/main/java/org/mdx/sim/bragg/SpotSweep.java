package org.mdx.sim.bragg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;
import org.mdx.image.PixelMask;
import org.mdx.image.Pixels;
import org.mdx.internal.kernel.Hash;
import org.mdx.internal.kernel.PoissonNoise;
import org.mdx.reflection.Reflections;
import org.mdx.sim.PixelStates;

/**
 * A simulated sweep of Bragg spots on a smooth background, and its truth. Frames are made when they
 * are read, the same bits in any order and on any number of threads: noise is a function of seed,
 * frame, panel and pixel. Immutable.
 */
public final class SpotSweep implements ImageSource {
  private static final int GAP_VALUE = -1;
  private static final int DEAD_VALUE = -2;

  private final BraggOptions options;
  private final Geometry header;
  private final Geometry truth;
  private final List<PixelStates> states = new ArrayList<>();
  private final List<int[]> masked = new ArrayList<>();
  private final List<BackgroundLevels> backgrounds = new ArrayList<>();
  private final List<TrueSpot> spots;
  private final SpotFrames frames;
  private final int[] widths;
  private final int[] heights;
  private final long noiseSeed;

  private SpotSweep(BraggOptions options) {
    this.options = options;
    this.header = options.header();
    this.truth = options.offset().truth(header);
    this.noiseSeed = Hash.key(options.seed(), 3);
    List<Panel> panels = truth.detector().panels();
    this.widths = panels.stream().mapToInt(Panel::width).toArray();
    this.heights = panels.stream().mapToInt(Panel::height).toArray();
    for (int p = 0; p < panels.size(); p++) {
      long seed = Hash.key(Hash.key(options.seed(), 1), p);
      states.add(PixelStates.of(truth, p, options.detector(), seed));
      masked.add(states.get(p).masked());
      backgrounds.add(new BackgroundLevels(truth, p, states.get(p), options.background()));
    }
    SpotFactory factory =
        new SpotFactory(
            truth, states, backgrounds, options.intensities(), options.camera().readNoise());
    for (int i = 0; i < options.lattices().size(); i++) {
      Lattice lattice = options.lattices().get(i);
      // one structure: all lattices have the same intensities
      WilsonStatistics statistics =
          new WilsonStatistics(lattice.crystal(), Hash.key(options.seed(), 2));
      int number = i;
      new SpotPredictor(truth, lattice, statistics, options.intensities().dMin())
          .forEach(r -> factory.add(r, lattice, number));
    }
    this.spots = List.copyOf(factory.truth());
    this.frames = new SpotFrames(factory.spots(), truth.scan().frames());
  }

  /**
   * Sets up a sweep: predicts its spots, makes no frames yet.
   *
   * @param options what it shows
   * @return the sweep
   * @throws IllegalArgumentException if a cell does not have the symmetry of its group, scan points
   *     do not match the scan, or the true geometry is impossible
   */
  public static SpotSweep of(BraggOptions options) {
    return new SpotSweep(options);
  }

  /**
   * What it shows.
   *
   * @return the options
   */
  public BraggOptions options() {
    return options;
  }

  /**
   * The geometry that the headers tell.
   *
   * @return without a crystal
   */
  public Geometry header() {
    return header;
  }

  /**
   * The true geometry.
   *
   * @return without a crystal
   */
  public Geometry trueGeometry() {
    return truth;
  }

  /**
   * The true geometry with each of the crystals.
   *
   * @return one for each lattice
   */
  public List<Geometry> trueGeometries() {
    return options.lattices().stream().map(l -> truth.withCrystal(l.crystal())).toList();
  }

  /**
   * Everything that is true of the spots whose middle lies on a panel, also of those that are cut
   * by the scan's ends or hidden by a gap.
   *
   * @return by lattice, then by Miller index, then by angle
   */
  public List<TrueSpot> spots() {
    return spots;
  }

  /**
   * The same as a table: {@code id} is the number of the lattice; places, s1, d, ζ and partiality
   * as predicted; expected photons recorded and their variance as intensity by summation; and the
   * columns of {@link TruthKeys}.
   *
   * @param identifiers of the experiments of the lattices; may be empty
   * @return a row for each spot
   */
  public Reflections reflections(List<String> identifiers) {
    Map<Integer, String> ids = new HashMap<>();
    for (int i = 0; i < identifiers.size(); i++) {
      ids.put(i, identifiers.get(i));
    }
    return TrueReflections.of(spots, truth, ids);
  }

  /**
   * The pixels that a careful user leaves out: gaps, dead and hot pixels, beamstop.
   *
   * @param panel index of the panel
   * @return its mask
   */
  public PixelMask mask(int panel) {
    return states.get(panel).mask();
  }

  /**
   * The sweep as an engine gets it: the headers' geometry without a crystal, frames and masks.
   *
   * @return the series
   */
  public ImageSeries series() {
    return new ImageSeries(header, this, states.stream().map(PixelStates::mask).toList());
  }

  @Override
  public int frames() {
    return truth.scan().frames();
  }

  @Override
  public int panels() {
    return widths.length;
  }

  @Override
  public int width(int panel) {
    return widths[panel];
  }

  @Override
  public int height(int panel) {
    return heights[panel];
  }

  @Override
  public String describe(int frame) {
    return "simulated " + options.name() + " frame " + (truth.scan().firstImage() + frame);
  }

  /**
   * Makes one frame. Gaps read −1 and dead pixels −2 on a counter, {@link Pixels#MASKED} on a
   * camera, whose values are rounded.
   *
   * @param frame 0 to {@link #frames()} − 1
   * @param into for each panel an array of width × height values in row order, which is overwritten
   * @throws IllegalArgumentException if there is no such frame or an array has another size
   */
  @Override
  public void read(int frame, int[][] into) {
    requireFrame(frame, into.length);
    for (int p = 0; p < into.length; p++) {
      requireSize(p, into[p].length);
    }
    if (!options.noise()) {
      float[][] values = values(frame);
      for (int p = 0; p < into.length; p++) {
        for (int i = 0; i < into[p].length; i++) {
          into[p][i] = Math.round(values[p][i]);
        }
      }
      mark(into);
      return;
    }
    photons(frame, into);
    if (options.camera().values() != Camera.Values.COUNTS) {
      for (int p = 0; p < into.length; p++) {
        Amplifier a = new Amplifier(frame, p);
        for (int i = 0; i < into[p].length; i++) {
          into[p][i] = (int) Math.rint(a.value(into[p][i], i));
        }
      }
    }
    mark(into);
  }

  /**
   * Makes one frame as floating-point values, which a camera of that kind records; without noise
   * what is expected of each value.
   *
   * @param frame 0 to {@link #frames()} − 1
   * @return for each panel width × height values in row order, NaN for gaps and dead pixels; those
   *     of integer kinds are whole numbers if there is noise
   * @throws IllegalArgumentException if there is no such frame
   */
  public float[][] values(int frame) {
    requireFrame(frame, widths.length);
    float[][] values = new float[widths.length][];
    int[][] photons = new int[widths.length][];
    for (int p = 0; p < photons.length; p++) {
      photons[p] = new int[widths[p] * heights[p]];
    }
    if (options.noise()) {
      photons(frame, photons);
    } else {
      values = expected(frame);
    }
    boolean whole = options.noise() && options.camera().values() != Camera.Values.FLOAT;
    for (int p = 0; p < photons.length; p++) {
      Amplifier a = new Amplifier(frame, p);
      float[] panel = options.noise() ? new float[photons[p].length] : values[p];
      for (int i = 0; i < panel.length; i++) {
        double v = a.value(options.noise() ? photons[p][i] : panel[i], i);
        panel[i] = (float) (whole ? Math.rint(v) : v);
      }
      values[p] = panel;
    }
    mark(values);
    return values;
  }

  /**
   * The photons or electrons that each pixel gets in the mean, before noise and camera; hot pixels
   * count in addition. Gaps and dead pixels get what would be there.
   *
   * @param frame 0 to {@link #frames()} − 1
   * @return for each panel width × height values in row order
   * @throws IllegalArgumentException if there is no such frame
   */
  public float[][] expected(int frame) {
    requireFrame(frame, widths.length);
    float[][] images = added(frame);
    for (int p = 0; p < images.length; p++) {
      for (int i = 0; i < images[p].length; i++) {
        images[p][i] += (float) backgrounds.get(p).mean(i);
      }
    }
    return images;
  }

  /** Spots and hot pixels without background. */
  private float[][] added(int frame) {
    float[][] images = new float[widths.length][];
    for (int p = 0; p < images.length; p++) {
      images[p] = new float[widths[p] * heights[p]];
    }
    frames.paint(frame, widths, heights, images);
    for (int p = 0; p < images.length; p++) {
      PixelStates s = states.get(p);
      long seed = Hash.key(Hash.key(noiseSeed, -1), p);
      for (int i : masked.get(p)) {
        if (s.isShadowed(i)) {
          images[p][i] *= (float) PixelStates.BEAMSTOP_TRANSMISSION;
        }
        if (s.state(i) == PixelStates.HOT) {
          images[p][i] += (float) (20 * Math.pow(10, 3 * Hash.uniform(seed, i)));
        }
      }
    }
    return images;
  }

  private void photons(int frame, int[][] into) {
    float[][] added = added(frame);
    for (int p = 0; p < into.length; p++) {
      long key = Hash.key(Hash.key(noiseSeed, frame), p);
      long own = Hash.key(key, -1);
      backgrounds.get(p).sample(key, into[p]);
      float[] more = added[p];
      int cutoff = options.detector().countCutoff();
      for (int i = 0; i < more.length; i++) {
        // the sum of two Poisson deviates is one; exp(−m) > 1 − m, so the first test spares most
        if (more[i] > 0 && Hash.uniform(own, i) > 1 - more[i]) {
          into[p][i] = Math.min(cutoff, into[p][i] + PoissonNoise.sample(more[i], own, i));
        }
      }
    }
  }

  /** Gaps and dead pixels, which have no photons. */
  private void mark(int[][] images) {
    for (int p = 0; p < images.length; p++) {
      PixelStates s = states.get(p);
      for (int i : masked.get(p)) {
        images[p][i] = marked(s.state(i), images[p][i]);
      }
    }
  }

  private void mark(float[][] images) {
    for (int p = 0; p < images.length; p++) {
      PixelStates s = states.get(p);
      for (int i : masked.get(p)) {
        if (s.state(i) == PixelStates.GAP || s.state(i) == PixelStates.DEAD) {
          images[p][i] = Float.NaN;
        }
      }
    }
  }

  /** A counter writes negative numbers; what a camera may write are values. */
  private int marked(byte state, int value) {
    boolean counter = options.camera().values() == Camera.Values.COUNTS;
    return switch (state) {
      case PixelStates.GAP -> counter ? GAP_VALUE : Pixels.MASKED;
      case PixelStates.DEAD -> counter ? DEAD_VALUE : Pixels.MASKED;
      default -> value;
    };
  }

  /** Turns the photons of one panel and frame into values. */
  private final class Amplifier {
    private final Camera camera = options.camera();
    private final double least = camera.least();
    private final double greatest = camera.greatest(options.detector().countCutoff());
    private final boolean reads = options.noise() && camera.readNoise() > 0;
    private final long key;

    Amplifier(int frame, int panel) {
      key = Hash.key(Hash.key(Hash.key(noiseSeed, -2), frame), panel);
    }

    double value(double photons, int pixel) {
      double n = photons;
      if (reads) {
        // G. E. P. Box and M. E. Muller, Ann. Math. Stat. 29, 610, 1958
        long bits = Hash.key(key, pixel);
        double radius = Math.sqrt(-2 * Math.log(Hash.uniform(bits)));
        double angle = 2 * Math.PI * Hash.uniform(Hash.mix(bits));
        n += camera.readNoise() * radius * Math.cos(angle);
      }
      return Math.max(least, Math.min(greatest, camera.pedestal() + camera.gain() * n));
    }
  }

  private void requireFrame(int frame, int panels) {
    if (frame < 0 || frame >= frames() || panels != widths.length) {
      throw new IllegalArgumentException(
          "frame "
              + frame
              + " for "
              + panels
              + " panels of a sweep with "
              + frames()
              + " frames and "
              + widths.length
              + " panels");
    }
  }

  private void requireSize(int panel, int size) {
    if (size != widths[panel] * heights[panel]) {
      throw new IllegalArgumentException(
          "panel " + panel + " has " + widths[panel] * heights[panel] + " pixels, not " + size);
    }
  }

  @Override
  public String toString() {
    return "SpotSweep["
        + options.name()
        + ", "
        + Arrays.toString(
            options.lattices().stream().map(l -> l.crystal().cell().toString()).toArray())
        + ", "
        + truth.scan()
        + ", "
        + spots.size()
        + " spots]";
  }
}
