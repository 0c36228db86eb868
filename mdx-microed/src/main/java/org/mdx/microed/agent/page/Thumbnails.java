package org.mdx.microed.agent.page;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.mdx.image.ImageSource;
import org.mdx.image.Pixels;
import org.mdx.io.image.ImageFiles;
import org.mdx.io.output.AtomicFile;
import org.mdx.microed.agent.system.Digests;
import org.mdx.microed.agent.system.Failures;

/** Small pictures of the last movies: the frame in the middle, dark where counts are high. */
public final class Thumbnails {
  static final String FOLDER = "thumbnails";

  private static final int SIZE = 192;
  private static final long PAUSE = 2000;

  private final Path folder;
  private final int kept;
  private final Consumer<String> log;
  private long last;

  public Thumbnails(Path state, int kept, Consumer<String> log) {
    this.folder = state.resolve(FOLDER);
    this.kept = kept;
    this.log = log;
  }

  /** Where a movie's picture is. */
  public static Path file(Path state, String id) {
    return state.resolve(FOLDER).resolve(key(id) + ".png");
  }

  /** What a movie's picture is called. */
  static String key(String id) {
    return Digests.of(id).substring(0, 24);
  }

  /** Makes a picture, unless one was made just now. A file that cannot be read gets none. */
  public void make(String id, Path movie) {
    if (kept == 0 || !isTime()) {
      return;
    }
    try {
      Files.createDirectories(folder);
      BufferedImage image = picture(movie);
      AtomicFile.write(folder.resolve(key(id) + ".png"), out -> ImageIO.write(image, "png", out));
      prune();
    } catch (IOException | RuntimeException | InternalError e) {
      // a file that gets shorter while it is mapped ends in an InternalError
      log.accept(id + ": no picture, " + Failures.reason(e));
    }
  }

  private synchronized boolean isTime() {
    long now = System.currentTimeMillis();
    boolean time = now - last >= PAUSE;
    last = time ? now : last;
    return time;
  }

  static BufferedImage picture(Path movie) throws IOException {
    ImageSource frames = ImageFiles.open(movie);
    int[][] panels = new int[frames.panels()][];
    for (int p = 0; p < panels.length; p++) {
      panels[p] = new int[frames.width(p) * frames.height(p)];
    }
    frames.read(frames.frames() / 2, panels);
    return draw(panels[0], frames.width(0), frames.height(0));
  }

  /** Mean of blocks of pixels, logarithmic from the median to the highest thousandth. */
  private static BufferedImage draw(int[] pixels, int width, int height) {
    int block = Math.max(1, (Math.max(width, height) + SIZE - 1) / SIZE);
    int w = Math.max(1, width / block);
    int h = Math.max(1, height / block);
    double[] values = new double[w * h];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        values[y * w + x] = mean(pixels, width, height, x * block, y * block, block);
      }
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double low = sorted[sorted.length / 2];
    double high = Math.max(low + 1, sorted[(int) ((sorted.length - 1) * 0.999)]);
    BufferedImage image = new BufferedImage(w, h, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < values.length; i++) {
      double part = Math.log1p(Math.max(0, values[i] - low)) / Math.log1p(high - low);
      image.getRaster().setSample(i % w, i / w, 0, (int) Math.round(255 * (1 - Math.min(1, part))));
    }
    return image;
  }

  private static double mean(int[] pixels, int width, int height, int x0, int y0, int block) {
    long sum = 0;
    int n = 0;
    for (int y = y0; y < Math.min(height, y0 + block); y++) {
      for (int x = x0; x < Math.min(width, x0 + block); x++) {
        int v = pixels[y * width + x];
        if (!Pixels.isMasked(v)) {
          sum += v;
          n++;
        }
      }
    }
    return n == 0 ? 0 : (double) sum / n;
  }

  private synchronized void prune() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.png")) {
      all.forEach(files::add);
    }
    if (files.size() > 4 * kept + 16) {
      files.sort(Comparator.comparingLong(f -> f.toFile().lastModified()));
      for (Path f : files.subList(0, files.size() - 4 * kept)) {
        Files.deleteIfExists(f);
      }
    }
  }
}
