package org.mdx.correct;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.mdx.geometry.Scan;
import org.mdx.image.BinnedImageSeries;
import org.mdx.image.FrameBuffer;
import org.mdx.image.ImageSeries;
import org.mdx.image.PixelResponse;
import org.mdx.image.Pixels;
import org.mdx.internal.kernel.BinKernel;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/**
 * Reduces a sweep without crystal to count rates on coarse bins over (φ, iy, ix).
 *
 * <p>The rate of a bin is the mean count of its valid pixels divided by the mean exposure of its
 * frames; its variance is Poisson's and that of the read noise, (max(counts, 1) + pixels·noise
 * variance)/(pixels·exposure)². Pixels that are masked, untrusted or outside the valid range are
 * left out.
 */
public final class BackgroundBinner {
  private final ImageSeries images;
  private final BackgroundOptions options;
  private final Sections frames;
  private final PanelBins[] panels;
  private final ConcurrentLinkedQueue<PanelBins[]> free = new ConcurrentLinkedQueue<>();

  private BackgroundBinner(ImageSeries images, BackgroundOptions options) {
    this.images = images;
    this.options = options;
    this.frames = Sections.ofSize(images.frames(), options.frames());
    this.panels = newBins(frames.count());
  }

  /**
   * Bins a sweep in one pass over its frames.
   *
   * @param images the frames
   * @param options size of the bins and valid counts
   * @param parallel threads to use
   * @param progress told of every frame
   * @return the rates with their variances; the same bits for any number of threads
   * @throws IllegalArgumentException if not a single pixel is valid
   */
  public static BinnedImageSeries bin(
      ImageSeries images, BackgroundOptions options, Parallel parallel, Progress progress) {
    return new BackgroundBinner(images, options).run(parallel, progress);
  }

  private BinnedImageSeries run(Parallel parallel, Progress progress) {
    int[] sectionOf = frames.sectionOf();
    FrameBuffer.Pool buffers = new FrameBuffer.Pool(images);
    Progress.Counter counter = progress.counter("bin background", images.frames());
    parallel.forEach(
        images.frames(),
        f -> {
          PanelBins[] sums = free.poll();
          if (sums == null) {
            sums = newBins(1);
          }
          try (FrameBuffer buffer = buffers.take()) {
            buffer.read(f);
            for (int p = 0; p < sums.length; p++) {
              sums[p].addImage(buffer.pixels(p), images.response(p), options);
            }
          }
          for (int p = 0; p < sums.length; p++) {
            panels[p].take(sums[p], sectionOf[f]);
          }
          free.add(sums);
          counter.advance();
        });
    return rates();
  }

  private PanelBins[] newBins(int sections) {
    PanelBins[] bins = new PanelBins[images.source().panels()];
    for (int p = 0; p < bins.length; p++) {
      bins[p] =
          new PanelBins(
              sections,
              Sections.ofSize(images.source().height(p), options.rows()),
              Sections.ofSize(images.source().width(p), options.columns()));
    }
    return bins;
  }

  private BinnedImageSeries rates() {
    Scan scan = images.geometry().scan();
    double[] phi = new double[frames.count()];
    double[] exposure = new double[frames.count()];
    for (int s = 0; s < phi.length; s++) {
      int n = frames.start(s + 1) - frames.start(s);
      for (int f = frames.start(s); f < frames.start(s + 1); f++) {
        phi[s] += scan.phi(f) / n;
        exposure[s] += scan.exposure(f) / n;
      }
    }
    List<BinnedImageSeries.Bins> bins = new ArrayList<>();
    long valid = 0;
    for (int p = 0; p < panels.length; p++) {
      bins.add(panels[p].rates(phi, exposure, images.response(p), !options.conventions().isMdx2()));
      valid += panels[p].validPixels();
    }
    if (valid == 0) {
      throw new IllegalArgumentException(
          "no pixel of the background counts "
              + options.validMin()
              + " to "
              + options.validMax()
              + " and is not masked; widen the valid range");
    }
    BinnedImageSeries rates = new BinnedImageSeries(bins).withExposureKnown(scan.isExposureKnown());
    return scan.transmission().isPresent()
        ? rates.withTransmission(scan.transmission().getAsDouble())
        : rates;
  }

  /** Sums over the bins of one panel, in the order (φ, iy, ix). */
  private static final class PanelBins {
    private final Sections rows;
    private final Sections columns;
    private final int[] columnStarts;
    private final int plane;
    private final long[] values;
    private final int[] pixels;

    PanelBins(int sections, Sections rows, Sections columns) {
      this.rows = rows;
      this.columns = columns;
      columnStarts = new int[columns.count() + 1];
      for (int i = 0; i < columnStarts.length; i++) {
        columnStarts[i] = columns.start(i);
      }
      plane = Math.multiplyExact(rows.count(), columns.count());
      values = new long[Math.multiplyExact(sections, plane)];
      pixels = new int[values.length];
    }

    void addImage(int[] image, PixelResponse response, BackgroundOptions options) {
      int min = Math.max(response.atLeast(options.validMin()), Pixels.MASKED + 1);
      boolean unlimited = options.validMax() == Integer.MAX_VALUE;
      int max = unlimited ? Integer.MAX_VALUE : response.limit(options.validMax());
      for (int y = 0; y < rows.count(); y++) {
        for (int iy = rows.start(y); iy < rows.start(y + 1); iy++) {
          BinKernel.addRow(
              image,
              iy * columns.total(),
              columnStarts,
              min,
              max,
              values,
              pixels,
              y * columns.count());
        }
      }
    }

    /** Adds the sums of one frame to a section of frames and empties them. */
    synchronized void take(PanelBins frame, int section) {
      int at = section * plane;
      for (int i = 0; i < plane; i++) {
        values[at + i] += frame.values[i];
        pixels[at + i] = Math.addExact(pixels[at + i], frame.pixels[i]);
        frame.values[i] = 0;
        frame.pixels[i] = 0;
      }
    }

    long validPixels() {
      long n = 0;
      for (int p : pixels) {
        n += p;
      }
      return n;
    }

    BinnedImageSeries.Bins rates(
        double[] phi, double[] exposure, PixelResponse response, boolean fill) {
      double[] rate = new double[values.length];
      double[] variance = new double[values.length];
      for (int i = 0; i < rate.length; i++) {
        double t = exposure[i / plane];
        double n = pixels[i];
        double count = response.counts(values[i], n);
        double scatter = Math.max(count, 1) + n * response.noiseVariance();
        rate[i] = n == 0 ? Double.NaN : count / n / t;
        variance[i] = n == 0 ? Double.NaN : scatter / (n * t) / (n * t);
      }
      if (fill) {
        MissingBins.fill(rate, variance, exposure.length, rows.count(), columns.count());
      }
      return BinnedImageSeries.Bins.of(phi, centres(rows), centres(columns), rate, variance);
    }

    private static double[] centres(Sections s) {
      double[] c = new double[s.count()];
      for (int i = 0; i < c.length; i++) {
        c[i] = s.centre(i);
      }
      return c;
    }
  }
}
