package org.mdx.microed.axes;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.mdx.image.ImageSource;
import org.mdx.image.Pixels;
import org.mdx.io.image.ImageFiles;

/** Pictures of crystals at low magnification. */
public final class CrystalPicture {
  /** Parts of the pixels that become black, and not yet white. */
  private static final double DARKEST = 0.005;

  private static final double BRIGHTEST = 0.995;

  private CrystalPicture() {}

  /**
   * Reads a picture: PNG, JPEG, BMP or GIF; or the frame in the middle of anything that mdx reads,
   * such as Velox EMD, MRC or TIFF, in greys from the darkest to the brightest half percent.
   *
   * @param file the picture
   * @return the picture
   * @throws IOException if it cannot be read
   */
  public static BufferedImage read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString(), null, "the picture is missing");
    }
    String name = file.getFileName().toString().toLowerCase(java.util.Locale.ROOT);
    if (name.matches(".*\\.(png|jpe?g|bmp|gif)")) {
      BufferedImage image = ImageIO.read(file.toFile());
      if (image == null) {
        throw new IOException(file + ": it is no picture, although its name says so");
      }
      return image;
    }
    ImageSource frames = ImageFiles.open(file);
    int[][] panels = new int[frames.panels()][];
    for (int p = 0; p < panels.length; p++) {
      panels[p] = new int[frames.width(p) * frames.height(p)];
    }
    frames.read(frames.frames() / 2, panels);
    return grey(panels[0], frames.width(0), frames.height(0));
  }

  private static BufferedImage grey(int[] pixels, int width, int height) {
    int[] sorted = Arrays.stream(pixels).filter(v -> !Pixels.isMasked(v)).sorted().toArray();
    int n = sorted.length;
    double low = n == 0 ? 0 : sorted[(int) (DARKEST * (n - 1))];
    double high = n == 0 ? 1 : Math.max(low + 1, sorted[(int) (BRIGHTEST * (n - 1))]);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < pixels.length; i++) {
      double part = Pixels.isMasked(pixels[i]) ? 0 : (pixels[i] - low) / (high - low);
      int level = (int) Math.round(255 * Math.max(0, Math.min(1, part)));
      image.getRaster().setSample(i % width, i / width, 0, level);
    }
    return image;
  }
}
