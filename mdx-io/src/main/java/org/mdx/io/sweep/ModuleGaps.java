package org.mdx.io.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mdx.geometry.PixelRectangle;

/** The gaps between the modules of PILATUS and EIGER detectors, by the size of their images. */
final class ModuleGaps {
  /** Columns and rows of a module, and of the gap after it. */
  private record Module(String detector, int width, int height, int gapX, int gapY) {
    boolean tiles(int w, int h) {
      return (w + gapX) % (width + gapX) == 0 && (h + gapY) % (height + gapY) == 0;
    }
  }

  private static final List<Module> MODULES =
      List.of(
          new Module("PILATUS", 487, 195, 7, 17),
          new Module("EIGER", 1030, 514, 10, 37),
          new Module("EIGER", 1028, 512, 12, 38));

  private ModuleGaps() {}

  /** The gaps of a detector of this name and size, none if it is another. */
  static List<PixelRectangle> of(String detector, int width, int height) {
    String name = detector.toUpperCase(Locale.ROOT);
    List<PixelRectangle> gaps = new ArrayList<>();
    for (Module m : MODULES) {
      if (name.contains(m.detector) && m.tiles(width, height)) {
        for (int x = m.width; x < width; x += m.width + m.gapX) {
          gaps.add(new PixelRectangle(x, 0, x + m.gapX, height));
        }
        for (int y = m.height; y < height; y += m.height + m.gapY) {
          gaps.add(new PixelRectangle(0, y, width, y + m.gapY));
        }
        return gaps;
      }
    }
    return gaps;
  }
}
