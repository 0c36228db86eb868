package org.mdx.bragg.spots;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.mdx.bragg.internal.camera.UntoldNoise;
import org.mdx.bragg.internal.kernel.WindowExcess;
import org.mdx.bragg.spots.threshold.Rings;
import org.mdx.bragg.spots.threshold.ThresholdMethod;
import org.mdx.bragg.spots.threshold.ThresholdOptions;
import org.mdx.bragg.spots.threshold.Thresholder;
import org.mdx.bragg.spots.threshold.WindowNoise;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Probe;
import org.mdx.image.FrameBuffer;
import org.mdx.image.ImageSeries;
import org.mdx.image.PixelMask;
import org.mdx.image.PixelResponse;
import org.mdx.mask.GeneratedMask;
import org.mdx.mask.MaskGenerator;
import org.mdx.mask.MaskOptions;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.table.EmptyResultException;

/**
 * Finds the Bragg spots of a sweep or a still.
 *
 * <pre>{@code
 * Spots spots = SpotFinder.find(images, SpotOptions.defaults(), Parallel.available(), Progress.NONE);
 * }</pre>
 */
public final class SpotFinder {
  /** Pixels of frames that are searched between two turns of joining. */
  private static final long PIXELS_AT_A_TIME = 8_000_000;

  /** More runs of strong pixels than one in so many pixels are noise: a spot has several. */
  private static final long SPECKLED = 100;

  /** Fewer runs are no matter. */
  private static final long LEAST_SPECKLED = 1000;

  /** Half-width of the window for electrons, whose spots are 3 to 6 pixels wide. */
  private static final int ELECTRON_FILTER = 2;

  /** Pixels about a spot of strong pixels in which there is no other. */
  private static final int MARGIN_OF_STRONG = 2;

  /** Frames after a spot in which it may go on; as many as these degrees have, within limits. */
  private static final int LINGER = 3;

  private static final int MOST_LINGER = 8;
  private static final double LINGER_DEGREES = 0.3;

  private static final Comparator<FoundSpot> ORDER =
      Comparator.comparingInt((FoundSpot s) -> s.box()[4])
          .thenComparingInt(FoundSpot::panel)
          .thenComparingInt(s -> s.box()[2])
          .thenComparingInt(s -> s.box()[0])
          .thenComparingDouble(FoundSpot::y)
          .thenComparingDouble(FoundSpot::x)
          .thenComparingDouble(FoundSpot::z);

  private final ImageSeries images;
  private final SpotOptions options;
  private final Parallel parallel;
  private final int[] widths;
  private final int[] heights;
  private final List<short[]> rings;
  private final FrameBuffer.Pool buffers;
  private final int[] strongPixels;

  /** Pixels that the masks leave. */
  private final long pixels;

  private final ConcurrentLinkedQueue<SearchedFrame> freeFrames = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<PanelSearch[]> freeSearches = new ConcurrentLinkedQueue<>();
  private SearchedFrame held;
  private SpotLinker faintLinker;

  /** Variance of sums of windows over what is expected, of each panel. */
  private final double[] excess;

  private SpotFinder(ImageSeries images, SpotOptions options, Parallel parallel) {
    this.images = images;
    this.options = options;
    this.parallel = parallel;
    Geometry g = images.geometry();
    List<Panel> panels = g.detector().panels();
    widths = panels.stream().mapToInt(Panel::width).toArray();
    heights = panels.stream().mapToInt(Panel::height).toArray();
    buffers = new FrameBuffer.Pool(images);
    strongPixels = new int[images.frames()];
    long counting = g.detector().pixels();
    for (int p = 0; p < widths.length; p++) {
      counting -= images.mask(p).count();
    }
    pixels = counting;
    excess = new double[widths.length];
    Arrays.fill(excess, 1);
    rings =
        options.threshold().method() == ThresholdMethod.RADIAL_PROFILE
            ? Rings.of(g, options.threshold().rings(), parallel)
            : List.of();
  }

  /**
   * Finds the spots of a sweep in one pass over its frames.
   *
   * @param images the frames; a crystal is not needed
   * @param options thresholds, limits and what to make of spots
   * @param parallel threads to use
   * @param progress told of every frame
   * @return spots and what each frame shows; the same bits for any number of threads
   * @throws EmptyResultException if nothing is left by the mask, or there are no spots; the message
   *     says why and what to change
   * @throws IllegalArgumentException if more pixels of a frame are strong than allowed, or as many
   *     and as scattered as noise is
   * @throws java.io.UncheckedIOException if a frame cannot be read
   * @throws java.util.concurrent.CancellationException if the calling thread is interrupted
   */
  public static Spots find(
      ImageSeries images, SpotOptions options, Parallel parallel, Progress progress) {
    ImageSeries seen = masked(images, options, parallel);
    List<String> notes = new ArrayList<>();
    if (Double.isNaN(options.gain())) {
      seen = UntoldNoise.found(seen, parallel, notes);
    }
    return new SpotFinder(seen, options.thresholding(t -> filtered(t, images)), parallel)
        .run(progress, notes);
  }

  private static ThresholdOptions filtered(ThresholdOptions t, ImageSeries images) {
    boolean rings = t.method() == ThresholdMethod.RADIAL_PROFILE;
    if (rings && t.filterSize() > 0) {
      throw new IllegalArgumentException(
          "filter size " + t.filterSize() + " with the radial profile; it goes with dispersion");
    }
    boolean electrons = images.geometry().beam().probe() == Probe.ELECTRON;
    int automatic = electrons && !rings ? ELECTRON_FILTER : 0;
    return t.filterSize() == ThresholdOptions.BY_PROBE ? t.filterSize(automatic) : t;
  }

  private static ImageSeries masked(ImageSeries images, SpotOptions options, Parallel parallel) {
    Detector detector = images.geometry().detector();
    List<PixelMask> masks = new ArrayList<>();
    for (int p = 0; p < detector.panels().size(); p++) {
      masks.add(images.mask(p));
    }
    long own = masks.stream().mapToLong(PixelMask::count).sum();
    if (!options.mask().equals(MaskOptions.none())) {
      GeneratedMask more =
          MaskGenerator.generate(images.geometry().beam(), detector, options.mask(), parallel)
              .or("the images' mask", masks);
      masks = more.masks();
    }
    long all = masks.stream().mapToLong(PixelMask::count).sum();
    if (all == detector.pixels()) {
      throw new EmptyResultException(
          "the mask leaves out all "
              + all
              + " pixels: "
              + own
              + " by the images' own mask, the others by resolution limits, rings and regions; leave"
              + " out less");
    }
    return all == own ? images : new ImageSeries(images.geometry(), images.source(), masks);
  }

  private Spots run(Progress progress, List<String> notes) {
    int frames = images.frames();
    PixelStore store =
        options.unbiased() || options.split()
            ? new PixelStore(SearchedFrame.Layer.STRONG, widths, heights)
            : null;
    boolean windows = options.threshold().filterSize() > 0;
    FaintSpots.TakenPlaces taken = windows ? new FaintSpots.TakenPlaces(MARGIN_OF_STRONG) : null;
    SpotMeasurer measurer = new SpotMeasurer(options, images, store, least(), taken, excess);
    SpotLinker linker =
        new SpotLinker(
            widths.length,
            store,
            SpotMeasurer.mostPixels(options),
            options.maxFrames(),
            measurer::take);
    if (options.unbiased() && linger() > 0) {
      linker.joinWith(new SpotJoiner(measurer, linger(), options.maxFrames()));
    }
    FaintSpots faint = windows ? faint(measurer, taken) : null;
    search(linker, measurer, progress.counter("find spots", frames));
    linker.finish();
    SpotMeasurer.Work last = measurer.work();
    parallel.forEach(last.pieces(), last::measure);
    last.finish();
    List<FoundSpot> ofStrong = measurer.spots();
    List<FoundSpot> ofWindows = List.of();
    if (windows) {
      faintLinker.finish();
      ofWindows = faint.spots(ofStrong);
    }
    long strong = Arrays.stream(strongPixels).asLongStream().sum();
    SpotCounts counts = measurer.counts(strong, ofWindows.size());
    List<FoundSpot> spots = joined(ofStrong, ofWindows);
    if (spots.isEmpty()) {
      throw new EmptyResultException(noSpots(counts));
    }
    if (options.finiteSize()) {
      Geometry g = images.geometry();
      // those of strong pixels are the same with and without the others
      spots =
          joined(
              FiniteSize.correct(ofStrong, g, parallel),
              FiniteSize.correct(ofWindows, spots, g, parallel));
    }
    spots = spots.stream().sorted(ORDER).toList();
    FrameTable table = new FrameTable(spots, images.geometry());
    notes.addAll(table.notes());
    return new Spots(
        SpotTable.of(spots, images.geometry().scan().firstImage() - 1, options.shoeboxes()),
        table.frames(strongPixels),
        counts,
        notes);
  }

  private static List<FoundSpot> joined(List<FoundSpot> some, List<FoundSpot> more) {
    List<FoundSpot> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  private FaintSpots faint(SpotMeasurer measurer, FaintSpots.TakenPlaces taken) {
    WindowNoise noise = new WindowNoise(buffers, images.frames());
    parallel.forEach(
        widths.length,
        p -> {
          PixelResponse r = images.response(p);
          double read = r.readNoise() * r.readNoise();
          excess[p] = noise.excess(p, widths[p], heights[p], r.pedestal(), quantum(p), read);
        });
    SearchedFrame.Layer layer = SearchedFrame.Layer.FAINT;
    PixelStore store = new PixelStore(layer, widths, heights);
    FaintSpots faint =
        new FaintSpots(measurer, store, taken, excess, (double) pixels * images.frames());
    faintLinker =
        new SpotLinker(
            layer,
            FaintSpots.MARGIN,
            widths.length,
            store,
            SpotMeasurer.mostPixels(options),
            options.maxFrames(),
            faint::take);
    if (linger() > 0) {
      faintLinker.joinWith(new SpotJoiner(measurer, linger(), options.maxFrames()));
    }
    return faint;
  }

  /**
   * Frames after a spot in which it may go on: some, and more if they are fine. X-ray spots fall
   * into pieces in fine frames only.
   */
  private int linger() {
    Geometry g = images.geometry();
    double width = Math.abs(g.scan().width());
    if (images.frames() < 2 || width == 0) {
      return 0;
    }
    double fine = Math.ceil(LINGER_DEGREES / width);
    return fine <= LINGER && g.beam().probe() != Probe.ELECTRON
        ? 0
        : (int) Math.max(LINGER, Math.min(MOST_LINGER, fine));
  }

  /**
   * Frames are searched side by side while those searched before are joined in their order, and
   * what was complete then is measured.
   */
  private void search(SpotLinker linker, SpotMeasurer measurer, Progress.Counter counter) {
    int frames = images.frames();
    long each = images.geometry().detector().pixels();
    int batch = (int) Math.max(parallel.threads(), Math.min(64, PIXELS_AT_A_TIME / each));
    SearchedFrame[] ready = {};
    for (int first = 0; first < frames || ready.length > 0; first += batch) {
      SearchedFrame[] searched = new SearchedFrame[Math.max(0, Math.min(batch, frames - first))];
      SearchedFrame[] before = ready;
      SpotMeasurer.Work work = measurer.work();
      int start = first;
      parallel.forEach(
          searched.length + 1 + work.pieces(),
          i -> {
            if (i == 0) {
              link(before, linker);
            } else if (i <= searched.length) {
              searched[i - 1] = search(start + i - 1);
              counter.advance();
            } else {
              work.measure(i - 1 - searched.length);
            }
          });
      work.finish();
      ready = searched;
    }
  }

  private void link(SearchedFrame[] frames, SpotLinker linker) {
    for (SearchedFrame f : frames) {
      linker.add(f);
      if (faintLinker != null) {
        faintLinker.add(f);
      }
      if (held != null) {
        freeFrames.add(held);
      }
      held = f;
    }
  }

  private SearchedFrame search(int frame) throws IOException {
    SearchedFrame f = freeFrames.poll();
    if (f == null) {
      f = new SearchedFrame(buffers.take(), widths, heights);
    }
    PanelSearch[] s = freeSearches.poll();
    f.search(frame, s == null ? s = searches() : s);
    freeSearches.add(s);
    long strong = f.strongPixels();
    requireSpots(frame, strong, f.runs());
    strongPixels[frame] = (int) strong;
    return f;
  }

  /** Refuses an image that is strong all over, or speckled with strong pixels as noise is. */
  private void requireSpots(int frame, long strong, long runs) {
    boolean full = strong > Math.ceil(options.maxStrongFraction() * pixels);
    // pieces of noise have hardly more than a pixel, those of many spots two and more
    boolean speckled = strong < 2 * runs && runs > Math.max(LEAST_SPECKLED, pixels / SPECKLED);
    if (full || speckled) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: %d of the %d pixels that count (%.0f %%) are strong, %s; raise the threshold"
                  + " (--sigma-strong, --sigma-background, --global-threshold), give the gain of the"
                  + " detector (--gain), or leave out what is no diffraction (--mask)",
              images.source().describe(frame),
              strong,
              pixels,
              100.0 * strong / pixels,
              full
                  ? String.format(
                      Locale.ROOT, "at most %.0f %% may be", 100 * options.maxStrongFraction())
                  : "in " + runs + " pieces of rows all over the image: that is noise"));
    }
  }

  private PanelSearch[] searches() {
    PanelSearch[] s = new PanelSearch[widths.length];
    for (int p = 0; p < s.length; p++) {
      PixelResponse response = images.response(p);
      double gain = gain(p);
      Thresholder t =
          rings.isEmpty()
              ? Thresholder.dispersion(
                  widths[p], heights[p], gain, response.readNoise(), options.threshold())
              : Thresholder.radial(widths[p], rings.get(p), options.threshold());
      s[p] =
          new PanelSearch(
              widths[p],
              heights[p],
              (int) Math.rint(response.pedestal()),
              t,
              windows(p, response.readNoise()));
    }
    return s;
  }

  /** The gain of a panel; NaN where nobody told it. */
  private double gain(int p) {
    PixelResponse response = images.response(p);
    double gain = Math.scalb(options.gain(), images.fractionBits());
    boolean told = !(response.gain() == 1 && response.readNoise() == 0);
    return Double.isNaN(gain) && told ? response.gain() : gain;
  }

  private double quantum(int p) {
    double gain = gain(p);
    return Double.isNaN(gain) ? 1 : gain;
  }

  private WindowExcess windows(int p, double readNoise) {
    int half = options.threshold().filterSize();
    if (half <= 0) {
      return null;
    }
    WindowExcess w = new WindowExcess(widths[p], heights[p], half);
    w.set(
        Thresholder.LOWEST,
        FaintSpots.WORTH,
        excess[p] * quantum(p),
        excess[p] * readNoise * readNoise);
    return w;
  }

  /** Fewest pixels of a spot on each panel. */
  private int[] least() {
    Geometry g = images.geometry();
    return g.detector().panels().stream()
        .mapToInt(
            p -> {
              return options.minSpotSize() > 0
                  ? options.minSpotSize()
                  : SpotEvidence.counts(g.beam(), p) ? 3 : 6;
            })
        .toArray();
  }

  private String noSpots(SpotCounts c) {
    String what = images.frames() == 1 ? images.source().describe(0) : images.frames() + " images";
    if (c.strongPixels() == 0) {
      return "no spots: no pixel of "
          + what
          + " is strong; lower --sigma-strong or --sigma-background, and see that mask and resolution"
          + " limits leave the diffraction in and that the crystal was in the beam";
    }
    return "no spots on "
        + what
        + ": "
        + c
        + "; lower --min-spot-size, raise --max-spot-size or --max-separation, or lower"
        + " --sigma-strong";
  }
}
