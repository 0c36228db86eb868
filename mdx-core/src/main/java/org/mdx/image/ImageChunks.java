package org.mdx.image;

import org.mdx.geometry.Panel;
import org.mdx.geometry.Scan;

/**
 * Blocks of neighbouring frames, rows and columns, counted from the first of each.
 *
 * @param frames frames a block
 * @param rows rows a block
 * @param columns columns a block
 */
public record ImageChunks(int frames, int rows, int columns) {

  public ImageChunks {
    if (frames < 1 || rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "chunks of "
              + frames
              + " frames, "
              + rows
              + " rows and "
              + columns
              + " columns, each must be 1 or more");
    }
  }

  /** The modules that dxtbx 3.12 knows, and how many of them lie side by side. */
  private enum Module {
    PILATUS(487, 195, 7, 17, 1, 3, 5),
    EIGER(1030, 514, 10, 37, 1, 2, 3, 4),
    EIGER2(1028, 512, 12, 38, 1, 2, 3, 4);

    private final int width;
    private final int height;
    private final int gapX;
    private final int gapY;
    private final int[] across;

    Module(int width, int height, int gapX, int gapY, int... across) {
      this.width = width;
      this.height = height;
      this.gapX = gapX;
      this.gapY = gapY;
      this.across = across;
    }

    boolean tiles(Panel panel) {
      for (int n : across) {
        if (panel.width() == n * width + (n - 1) * gapX) {
          return (panel.height() + gapY) % (height + gapY) == 0;
        }
      }
      return false;
    }
  }

  /**
   * The blocks in which mdx2 1.0.4 stores the images of a sweep unless it is told otherwise: rows
   * and columns of one detector module and the gap after it, and five or six degrees of frames, or
   * 40 to 50 frames where those are fine. A detector of which dxtbx does not know the modules,
   * which mdx2 refuses, has blocks of whole frames.
   *
   * @param panel the detector
   * @param scan the frames
   * @return the blocks
   */
  public static ImageChunks ofMdx2(Panel panel, Scan scan) {
    int frames = Math.min(stack(Math.abs(scan.width())), scan.frames());
    for (Module m : Module.values()) {
      if (m.tiles(panel)) {
        return new ImageChunks(
            frames,
            m.height + gap(panel.height(), m.height),
            m.width + gap(panel.width(), m.width));
      }
    }
    return new ImageChunks(frames, panel.height(), panel.width());
  }

  /** The gap between modules along one side; none where there is one module. */
  private static int gap(int pixels, int module) {
    int n = pixels / module;
    return n > 1 ? (pixels - n * module) / (n - 1) : 0;
  }

  /** Frames a block, by the rotation of one in degrees. */
  private static int stack(double width) {
    if (width == 0) {
      return 50;
    }
    double frames = Math.rint(180 / width);
    if (frames < 1260) {
      return Math.max(1, whole(5 * frames, 180) ? (int) (frames / 36) : coarse(frames));
    }
    int[][] tries = {{18000, 50}, {14400, 40}, {16200, 45}, {36000, 50}, {32400, 45}};
    for (int[] t : tries) {
      if (whole(t[0], frames)) {
        return t[1];
      }
    }
    return 40;
  }

  private static int coarse(double frames) {
    return whole(6 * frames, 180) ? (int) (frames / 30) : 10;
  }

  private static boolean whole(double a, double b) {
    return a % b == 0;
  }

  /**
   * Number of blocks that one frame of a panel is cut into.
   *
   * @param height rows of the panel
   * @param width its columns
   * @return 1 or more
   */
  public int tiles(int height, int width) {
    return ((height + rows - 1) / rows) * tilesAcross(width);
  }

  /**
   * Number of blocks side by side.
   *
   * @param width columns of a panel
   * @return 1 or more
   */
  public int tilesAcross(int width) {
    return (width + columns - 1) / columns;
  }
}
