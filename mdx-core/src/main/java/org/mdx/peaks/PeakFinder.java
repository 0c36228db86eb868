package org.mdx.peaks;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Optional;
import org.mdx.geometry.PixelMillerIndex;
import org.mdx.image.FrameBuffer;
import org.mdx.image.ImageSeries;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/** Finds strong pixels in one pass over the frames and fits the peak model to them. */
public final class PeakFinder {

  /** Beyond this many, the threshold is taken for a mistake: 16 bytes are kept for each. */
  private static final int MOST = 100_000_000;

  /** Pixels that are looked at together. */
  private static final int STRETCH = 128;

  /** Strong pixels whose indices are computed together. */
  private static final int CHUNK = 1 << 14;

  private PeakFinder() {}

  /**
   * Finds the peaks of a sweep.
   *
   * @param images its frames
   * @param index the Miller indices of its pixels
   * @param options threshold and cutoff
   * @param parallel threads to use
   * @param progress told of every frame
   * @return pixels and model; the same for any number of threads
   * @throws IllegalArgumentException if too few pixels exceed the threshold to fit the model, or
   *     more than 100 million
   */
  public static Peaks find(
      ImageSeries images,
      PixelMillerIndex index,
      PeakOptions options,
      Parallel parallel,
      Progress progress) {
    Optional<FoundThreshold> found =
        options.countThreshold().isPresent()
            ? Optional.empty()
            : Optional.of(ThresholdFinder.find(images, parallel, progress));
    int threshold = options.countThreshold().orElseGet(() -> found.get().counts());
    PeakPositions positions = search(images, threshold, parallel, progress);
    if (positions.size() == 0) {
      throw new IllegalArgumentException(
          "no pixel has more than "
              + threshold
              + " counts"
              + (found.isEmpty()
                  ? ": there are no Bragg peaks to fit; lower the count threshold"
                  : ", where the noise of the diffuse scattering ends: there are no Bragg peaks to"
                      + " fit; give a lower count threshold"));
    }
    double[][] r = residuals(index, positions, parallel);
    PeakModel.Fit fit = PeakModel.fit(r[0], r[1], r[2], options.outlierCutoff());
    return new Peaks(fit.model(), positions, positions.select(fit.outliers()), threshold, found);
  }

  /**
   * Finds the pixels above a threshold.
   *
   * @param images frames
   * @param countThreshold pixels with more counts are found
   * @param parallel threads to use
   * @param progress told of every frame
   * @return their positions
   */
  public static PeakPositions search(
      ImageSeries images, int countThreshold, Parallel parallel, Progress progress) {
    int frames = images.frames();
    IntArrayList[] found = new IntArrayList[frames];
    FrameBuffer.Pool buffers = new FrameBuffer.Pool(images);
    Progress.Counter counter = progress.counter("find peaks", frames);
    parallel.forEach(
        frames,
        f -> {
          IntArrayList list = new IntArrayList();
          try (FrameBuffer buffer = buffers.take()) {
            buffer.read(f);
            for (int p = 0; p < images.source().panels(); p++) {
              int[] pixels = buffer.pixels(p);
              int width = images.source().width(p);
              int limit = images.response(p).limit(countThreshold);
              for (int i = 0; i < pixels.length; i += STRETCH) {
                int to = Math.min(pixels.length, i + STRETCH);
                if (isAbove(pixels, i, to, limit)) {
                  addAbove(pixels, i, to, limit, p, width, list);
                }
              }
            }
          }
          found[f] = list;
          counter.advance();
        });
    return join(found);
  }

  /** Whether one of some pixels may be above a limit; a loop of vector instructions. */
  private static boolean isAbove(int[] pixels, int from, int to, int limit) {
    int any = 0;
    for (int i = from; i < to; i++) {
      int v = pixels[i];
      // the difference wraps round where a pixel is marked, whose own sign takes that away
      any |= limit - v & ~v;
    }
    return any < 0 || limit < 0;
  }

  private static void addAbove(
      int[] pixels, int from, int to, int limit, int panel, int width, IntArrayList list) {
    for (int i = from; i < to; i++) {
      if (pixels[i] > limit) {
        list.add(panel);
        list.add(i / width);
        list.add(i % width);
      }
    }
  }

  private static PeakPositions join(IntArrayList[] found) {
    long total = 0;
    for (IntArrayList list : found) {
      total += list.size() / 3;
    }
    if (total > MOST) {
      throw new IllegalArgumentException(
          total + " pixels exceed the count threshold; raise it so that only Bragg peaks do");
    }
    int n = (int) total;
    IntArrayList frame = new IntArrayList(n);
    IntArrayList panel = new IntArrayList(n);
    IntArrayList iy = new IntArrayList(n);
    IntArrayList ix = new IntArrayList(n);
    for (int f = 0; f < found.length; f++) {
      for (int i = 0; i < found[f].size(); i += 3) {
        frame.add(f);
        panel.add(found[f].getInt(i));
        iy.add(found[f].getInt(i + 1));
        ix.add(found[f].getInt(i + 2));
      }
    }
    return new PeakPositions(frame, panel, iy, ix);
  }

  /** r = hkl − rint(hkl) of each position. */
  private static double[][] residuals(
      PixelMillerIndex index, PeakPositions positions, Parallel parallel) {
    int n = positions.size();
    double[][] r = new double[3][n];
    parallel.forEach(
        (n + CHUNK - 1) / CHUNK,
        c -> residuals(index, positions, c * CHUNK, Math.min(n, (c + 1) * CHUNK), r));
    return r;
  }

  private static void residuals(
      PixelMillerIndex index, PeakPositions positions, int from, int to, double[][] r) {
    PixelMillerIndex.Frame frame = null;
    for (int i = from; i < to; i++) {
      if (i == from || positions.frame(i) != positions.frame(i - 1)) {
        frame = index.frame(positions.frame(i));
      }
      Vec3 hkl = frame.at(positions.panel(i), positions.iy(i), positions.ix(i));
      r[0][i] = hkl.x() - Math.rint(hkl.x());
      r[1][i] = hkl.y() - Math.rint(hkl.y());
      r[2][i] = hkl.z() - Math.rint(hkl.z());
    }
  }
}
