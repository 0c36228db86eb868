package org.mdx.bragg.spots;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Probe;
import org.mdx.image.ImageSeries;
import org.mdx.image.PixelResponse;

/** Makes spots of components: size limits, splitting, centroids, intensities. */
final class SpotMeasurer {
  /** A component of several frames may have this many times the pixels of its largest frame. */
  private static final long FRAMES_OF_PIXELS = 64;

  /** Spots of more frames than this may have their strongest pixel farther from the centroid. */
  private static final double SHORT = 6;

  /** Fewer images are no sweep in which a pattern shows. */
  private static final int SWEEP = 10;

  /** Standard deviations by which the surroundings of too few strong pixels make them a spot. */
  private static final double BACKED = 4;

  /** Spots of a camera with a higher signal to noise are none of noise. */
  private static final double CLEAR = 7;

  /** Pixels from the edge of a panel in which the middle of a faint spot is not believed. */
  private static final double EDGE = 2.5;

  /** Components that one thread measures at a time. */
  private static final int PIECE = 32;

  private final SpotOptions options;
  private final PixelStore store;
  private final int frames;
  private final int[] least;
  private final int[] widths;
  private final int[] heights;
  private final double[] gain;
  private final double[] pedestal;
  private final FaintSpots.TakenPlaces taken;

  /** Whether a panel is a camera for electrons; cameras for X-rays were not studied. */
  private final boolean[] camera;

  /** Variance of sums of pixels over what is expected, of each panel. */
  private final double[] excess;

  private final Found found = new Found();
  private List<Waiting> waiting = new ArrayList<>();

  /** A complete component and what is about it; null if the pixels about spots do not matter. */
  private record Waiting(Component component, PixelStore.Patch pixels) {}

  /** What components were made into. */
  private static final class Found {
    final SpotCounts.Tally tally = new SpotCounts.Tally();
    final List<FoundSpot> spots = new ArrayList<>();

    void add(Found o) {
      tally.add(o.tally);
      spots.addAll(o.spots);
    }
  }

  /**
   * A measurer.
   *
   * @param images of the sweep
   * @param store has the pixels about components, or null
   * @param least fewest pixels of a spot on each panel
   * @param taken learns where spots are, or null
   * @param excess variance of sums of pixels over what is expected, of each panel
   */
  SpotMeasurer(
      SpotOptions options,
      ImageSeries images,
      PixelStore store,
      int[] least,
      FaintSpots.TakenPlaces taken,
      double[] excess) {
    this.options = options;
    this.store = store;
    this.frames = images.frames();
    this.least = least;
    this.taken = taken;
    this.excess = excess;
    Geometry g = images.geometry();
    camera = new boolean[images.source().panels()];
    for (int p = 0; p < camera.length; p++) {
      camera[p] =
          g.beam().probe() == Probe.ELECTRON
              && !SpotEvidence.counts(g.beam(), g.detector().panels().get(p));
    }
    widths = g.detector().panels().stream().mapToInt(Panel::width).toArray();
    heights = g.detector().panels().stream().mapToInt(Panel::height).toArray();
    gain = new double[images.source().panels()];
    pedestal = new double[gain.length];
    for (int p = 0; p < gain.length; p++) {
      PixelResponse response = images.response(p);
      double given = Math.scalb(options.gain(), images.fractionBits());
      gain[p] = Double.isNaN(given) ? response.gain() : given;
      pedestal[p] = response.pedestal() - Math.rint(response.pedestal());
    }
  }

  /** Pixels of a component from which on it is no spot, whatever its shape. */
  static long mostPixels(SpotOptions options) {
    return isSizeOfAllFrames(options)
        ? options.maxSpotSize()
        : options.maxSpotSize() * FRAMES_OF_PIXELS;
  }

  private static boolean isSizeOfAllFrames(SpotOptions options) {
    return options.maxFrames() == Integer.MAX_VALUE;
  }

  /**
   * Takes a component that is complete. If others must know at once where spots are it is measured
   * now, else by {@link Work}.
   */
  void take(Component c) {
    PixelStore.Patch pixels =
        store == null || c.isGivenUp() ? null : store.patch(c, SpotLinker.MARGIN, 1);
    if (taken != null) {
      measure(new Waiting(c, pixels), found);
    } else {
      waiting.add(new Waiting(c, pixels));
    }
  }

  /** Components to measure, in pieces, by several threads. */
  final class Work {
    private final List<Waiting> components = waiting;
    private final Found[] done = new Found[(components.size() + PIECE - 1) / PIECE];

    private Work() {
      waiting = new ArrayList<>();
    }

    int pieces() {
      return done.length;
    }

    void measure(int piece) {
      Found f = new Found();
      int to = Math.min(components.size(), (piece + 1) * PIECE);
      for (Waiting w : components.subList(piece * PIECE, to)) {
        SpotMeasurer.this.measure(w, f);
      }
      done[piece] = f;
    }

    /** Adds what was found when all pieces are measured. */
    void finish() {
      for (Found f : done) {
        found.add(f);
      }
    }
  }

  /** What has been taken since the last call. */
  Work work() {
    return new Work();
  }

  private void measure(Waiting w, Found into) {
    Component c = w.component();
    into.tally.components++;
    if (c.isGivenUp()) {
      into.tally.tooLarge++;
    } else if (options.split() && c.size >= least[c.panel]) {
      List<Component> parts = Watershed.split(c, w.pixels(), gain[c.panel]);
      into.tally.split += parts.size() - 1;
      parts.forEach(part -> measure(part, w.pixels(), into));
    } else {
      measure(c, w.pixels(), into);
    }
  }

  private void measure(Component c, PixelStore.Patch pixels, Found into) {
    if (c.size < least[c.panel] && !isBacked(c, pixels)) {
      into.tally.tooSmall++;
      return;
    } else if ((isSizeOfAllFrames(options) ? c.size : c.mostInFrame()) > options.maxSpotSize()) {
      into.tally.tooLarge++;
      return;
    }
    StrongCentroid strong = new StrongCentroid(c, gain[c.panel], pedestal[c.panel]);
    if (!(separation(c, strong) <= options.maxSeparation())) {
      into.tally.apart++;
      return;
    }
    UnbiasedCentroid better = null;
    if (options.unbiased()) {
      SpotBox box = new SpotBox(c, pixels, frames, gain[c.panel], pedestal[c.panel]);
      better = UnbiasedCentroid.of(c, box, strong);
      if (camera[c.panel] && isNoise(c, box, strong, better)) {
        into.tally.noise++;
        return;
      }
    }
    into.spots.add(spot(c, strong, better));
    if (taken != null) {
      taken.add(c);
    }
  }

  /** Whether strong pixels of a camera are a hot pixel, or together no more than noise. */
  private boolean isNoise(Component c, SpotBox box, StrongCentroid strong, UnbiasedCentroid b) {
    BackgroundPlane plane = new BackgroundPlane(box);
    if (SpotEvidence.isHot(c, box, plane)) {
      return true;
    }
    boolean weak = b != null && b.sum * b.sum < CLEAR * CLEAR * b.sumVariance;
    return weak
        && !(new FaintFit(box, plane, strong.mean, excess[c.panel]).signalToNoise()
            > FaintFit.SPOT);
  }

  /**
   * Whether a component is there in more than half of a sweep's images: a pattern of the camera.
   */
  boolean lastsTheSweep(Component c) {
    return frames >= SWEEP && 2 * (c.lastFrame - c.firstFrame + 1) > frames;
  }

  /** Whether the end of a sweep cuts a faint spot, whose angle then is not known. */
  boolean isCut(FaintFit fit) {
    return frames >= SWEEP && fit.isCut(frames);
  }

  /** Whether the edge of a panel may cut a faint spot, whose place then is not known. */
  boolean isAtEdge(int panel, FaintFit fit) {
    double[] place = fit.place();
    double across = Math.min(place[0], widths[panel] - place[0]);
    double down = Math.min(place[1], heights[panel] - place[1]);
    return Math.min(across, down) < EDGE;
  }

  /** The spots that a faint component is made of. */
  List<Component> parts(Component c, PixelStore.Patch from) {
    return options.split() ? Watershed.split(c, from, gain[c.panel]) : List.of(c);
  }

  /** Centroid of all pixels of a component. */
  StrongCentroid strong(Component c) {
    return new StrongCentroid(c, gain[c.panel], pedestal[c.panel]);
  }

  /**
   * The box of a component.
   *
   * @param margin pixels about the component
   * @param near pixels about it that are not background
   */
  SpotBox box(Component c, PixelStore.Patch from, int margin, int near) {
    return new SpotBox(c, from, frames, gain[c.panel], pedestal[c.panel], margin, near);
  }

  /** A faint spot, or null if it has too many or too few pixels or no centroid. */
  FoundSpot faint(Component c, PixelStore.Patch from) {
    if (c.size < options.minSpotSize() || c.mostInFrame() > options.maxSpotSize()) {
      return null;
    }
    StrongCentroid strong = strong(c);
    if (!options.unbiased()) {
      return spot(c, strong, null);
    }
    SpotBox box = box(c, from, SpotLinker.MARGIN, SpotBox.NEAR);
    UnbiasedCentroid better = UnbiasedCentroid.of(c, box, strong);
    return better == null ? null : spot(c, strong, better);
  }

  /**
   * Whether what lies about a few strong pixels, beside them and in the frames before and after,
   * shows that they are the top of a weak spot. A hot pixel or a stray photon has nothing about it;
   * what has other strong pixels near may be their wing.
   */
  private boolean isBacked(Component c, PixelStore.Patch pixels) {
    if (options.minSpotSize() > 0 || !options.unbiased()) {
      return false;
    }
    SpotBox box = new SpotBox(c, pixels, frames, gain[c.panel], pedestal[c.panel]);
    BackgroundPlane plane = new BackgroundPlane(box);
    double sum = 0;
    int n = 0;
    for (int z = 0, i = 0; z < box.nz; z++) {
      for (int y = 0; y < box.ny; y++) {
        for (int x = 0; x < box.nx; x++, i++) {
          if (Double.isNaN(box.value[i])) {
            return false;
          } else if (!box.own[i] && !box.rim[y * box.nx + x]) {
            sum += box.value[i] - plane.at(x, y, z);
            n++;
          }
        }
      }
    }
    double one = plane.pixelVariance();
    double variance = n * one + Math.max(0, sum) + n * one * n / Math.max(1, plane.pixels);
    return sum > BACKED * Math.sqrt(variance);
  }

  private double separation(Component c, StrongCentroid strong) {
    double length = c.lastFrame - c.firstFrame + 1;
    if (isSizeOfAllFrames(options) || length <= SHORT && !c.isJoined()) {
      return strong.separation();
    }
    double highest = c.isJoined() ? highest(c) : strong.peak[2];
    double dz = (highest - strong.mean[2]) * SHORT / Math.max(SHORT, length);
    double dx = strong.peak[0] - strong.mean[0];
    double dy = strong.peak[1] - strong.mean[1];
    return Math.sqrt(dx * dx + dy * dy + dz * dz);
  }

  /**
   * Where a component of pieces is highest along the scan: the middle of those of its frames, half
   * of all, that have most quanta. Its strongest pixel is one of many of a few quanta.
   */
  private double highest(Component c) {
    int length = c.lastFrame - c.firstFrame + 1;
    double[] before = new double[length + 1];
    for (int i = 0; i < c.size; i++) {
      before[c.frame(i) - c.firstFrame + 1] += (c.value(i) - pedestal[c.panel]) / gain[c.panel];
    }
    for (int z = 1; z <= length; z++) {
      before[z] += before[z - 1];
    }
    int half = (length + 1) / 2;
    int best = 0;
    for (int z = 1; z + half <= length; z++) {
      if (before[z + half] - before[z] > before[best + half] - before[best]) {
        best = z;
      }
    }
    return c.firstFrame + best + 0.5 * half;
  }

  private FoundSpot spot(Component c, StrongCentroid strong, UnbiasedCentroid better) {
    int[] box = {c.box[0], c.box[1], c.box[2], c.box[3], c.firstFrame, c.lastFrame + 1};
    float[] shoebox = options.shoeboxes() ? shoebox(c, box) : null;
    return better == null
        ? new FoundSpot(
            c.panel,
            box,
            (int) c.size,
            strong.mean,
            strong.variance,
            null,
            strong.sum,
            strong.sum,
            shoebox)
        : new FoundSpot(
            c.panel,
            box,
            (int) c.size,
            better.mean,
            better.variance,
            better.covariance,
            better.sum,
            better.sumVariance,
            shoebox);
  }

  /** Quanta of the strong pixels, NaN for the others. */
  private float[] shoebox(Component c, int[] box) {
    int nx = box[1] - box[0];
    int ny = box[3] - box[2];
    float[] counts = new float[nx * ny * (box[5] - box[4])];
    Arrays.fill(counts, Float.NaN);
    for (int i = 0; i < c.size; i++) {
      int at = ((c.frame(i) - box[4]) * ny + c.y(i) - box[2]) * nx + c.x(i) - box[0];
      counts[at] = (float) ((c.value(i) - pedestal[c.panel]) / gain[c.panel]);
    }
    return counts;
  }

  /** The spots of all components taken so far. */
  List<FoundSpot> spots() {
    return found.spots;
  }

  SpotCounts counts(long strongPixels, int faint) {
    return found.tally.counts(strongPixels, found.spots.size() + faint, faint);
  }
}
