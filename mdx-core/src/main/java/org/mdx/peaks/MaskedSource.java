package org.mdx.peaks;

import java.io.IOException;
import java.util.List;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.MillerIndexMap;
import org.mdx.geometry.Panel;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;
import org.mdx.image.PixelResponse;
import org.mdx.image.RowMask;

/** Frames in which the pixels that a Bragg mask leaves out have no value. Immutable. */
public final class MaskedSource implements ImageSource {
  private final ImageSource source;
  private final List<Panel> panels;
  private final MillerIndexMap map;
  private final RowMask mask;

  /**
   * Masks frames.
   *
   * @param images the frames, of any number of panels
   * @param map their Miller indices
   * @param mask which pixels to leave out
   * @param group the space group
   */
  public MaskedSource(ImageSeries images, MillerIndexMap map, BraggMask mask, SpaceGroup group) {
    this.source = images.source();
    this.panels = images.geometry().detector().panels();
    this.map = map;
    this.mask = mask.rows(group, map.bounds());
  }

  @Override
  public int frames() {
    return source.frames();
  }

  @Override
  public int panels() {
    return source.panels();
  }

  @Override
  public int width(int panel) {
    return source.width(panel);
  }

  @Override
  public int height(int panel) {
    return source.height(panel);
  }

  @Override
  public String describe(int frame) {
    return source.describe(frame);
  }

  @Override
  public boolean hasFractions() {
    return source.hasFractions();
  }

  @Override
  public void read(int frame, int[][] into) throws IOException {
    read(frame, 0, into);
  }

  /** Pixels that are left out are {@link org.mdx.image.Pixels#MASKED}. */
  @Override
  public void read(int frame, int fractionBits, int[][] into) throws IOException {
    source.read(frame, fractionBits, into);
    MillerIndexMap.Frame indices = map.frame(frame);
    for (int p = 0; p < into.length; p++) {
      int width = width(p);
      double[] h = new double[width];
      double[] k = new double[width];
      double[] l = new double[width];
      double[] room = new double[width];
      RowMask rows = mask.of(PixelResponse.of(panels.get(p), fractionBits));
      for (int iy = 0; iy < height(p); iy++) {
        indices.row(p, iy, 0, width, h, k, l);
        rows.apply(h, k, l, width, into[p], iy * width, room);
      }
    }
  }
}
