package org.mdx.mask;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.mdx.geometry.Beam;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Sensor;
import org.mdx.image.PixelMask;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;

/**
 * Makes pixel masks. Shapes know their pixels; resolution is that of the pixel's centre, d = 1/|s|
 * with s the scattering vector, infinite in the beam.
 */
public final class MaskGenerator {
  /** Rows of one task, so that the bits of a task are whole words. */
  private static final int ROWS = Long.SIZE;

  private final Beam beam;
  private final Detector detector;
  private final MaskOptions options;
  private final List<GeneratedMask.Part> parts = new ArrayList<>();

  private MaskGenerator(Beam beam, Detector detector, MaskOptions options) {
    this.beam = beam;
    this.detector = detector;
    this.options = options;
  }

  /**
   * Makes the mask of a detector.
   *
   * @param beam for the resolution of pixels
   * @param detector its panels
   * @param options what to leave out
   * @param parallel threads; the result does not depend on them
   * @return a mask for each panel
   * @throws IllegalArgumentException if a region is on a panel that is not there, or has none of
   *     its panel's pixels
   */
  public static GeneratedMask generate(
      Beam beam, Detector detector, MaskOptions options, Parallel parallel) {
    return new MaskGenerator(beam, detector, options).generate(parallel);
  }

  private GeneratedMask generate(Parallel parallel) {
    List<BitSet> masks = new ArrayList<>();
    for (Panel panel : detector.panels()) {
      masks.add(new BitSet(panel.width() * panel.height()));
    }
    border(masks);
    options.regions().forEach(region -> region(region, masks));
    resolution(masks, parallel);
    List<PixelMask> result = new ArrayList<>();
    for (int p = 0; p < masks.size(); p++) {
      Panel panel = detector.panels().get(p);
      result.add(PixelMask.of(panel.width(), panel.height(), masks.get(p)));
    }
    return new GeneratedMask(result, parts);
  }

  private void border(List<BitSet> masks) {
    int b = options.border();
    if (b == 0) {
      return;
    }
    long pixels = 0;
    for (int p = 0; p < masks.size(); p++) {
      int width = detector.panels().get(p).width();
      int height = detector.panels().get(p).height();
      BitSet edge = new BitSet(width * height);
      edge.set(0, width * height);
      for (int iy = b; iy < height - b && b < width - b; iy++) {
        edge.clear(iy * width + b, iy * width + width - b);
      }
      masks.get(p).or(edge);
      pixels += edge.cardinality();
    }
    parts.add(new GeneratedMask.Part("border of " + b, pixels));
  }

  private void region(MaskRegion region, List<BitSet> masks) {
    if (region.panel() < 0 || region.panel() >= masks.size()) {
      throw new IllegalArgumentException(
          region
              + ": there is no panel "
              + region.panel()
              + ", there "
              + (masks.size() == 1 ? "is panel 0 only" : "are panels 0 to " + (masks.size() - 1)));
    }
    Panel panel = detector.panels().get(region.panel());
    BitSet pixels = region.pixels(panel.width(), panel.height());
    if (pixels.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              "%s has no pixel of panel %d, whose columns are 0 to %d and rows 0 to %d",
              region, region.panel(), panel.width() - 1, panel.height() - 1));
    }
    masks.get(region.panel()).or(pixels);
    parts.add(new GeneratedMask.Part(region.toString(), pixels.cardinality()));
  }

  private void resolution(List<BitSet> masks, Parallel parallel) {
    int n = options.ranges().size() + options.powders().size();
    if (n == 0) {
      return;
    }
    AtomicLongArray pixels = new AtomicLongArray(n);
    for (int p = 0; p < masks.size(); p++) {
      Panel panel = detector.panels().get(p);
      Panel seen = options.parallax() ? panel : withoutParallax(panel);
      masks.get(p).or(resolution(seen, sets(seen), pixels, parallel));
    }
    int i = 0;
    for (ResolutionRange range : options.ranges()) {
      parts.add(new GeneratedMask.Part(range.toString(), pixels.get(i++)));
    }
    for (PowderRings powder : options.powders()) {
      parts.add(new GeneratedMask.Part(powder.name(), pixels.get(i++)));
    }
  }

  private List<RangeSet> sets(Panel panel) {
    List<RangeSet> sets = new ArrayList<>();
    for (ResolutionRange range : options.ranges()) {
      sets.add(RangeSet.of(List.of(range)));
    }
    for (PowderRings powder : options.powders()) {
      sets.add(RangeSet.of(powder.ranges(finestCorner(panel))));
    }
    return sets;
  }

  private double finestCorner(Panel panel) {
    double finest = Double.POSITIVE_INFINITY;
    for (int x : new int[] {0, panel.width()}) {
      for (int y : new int[] {0, panel.height()}) {
        finest = Math.min(finest, resolution(panel, x, y));
      }
    }
    return finest;
  }

  /** The pixels of a panel that are in any of the sets; adds to the number of pixels of each. */
  private BitSet resolution(
      Panel panel, List<RangeSet> sets, AtomicLongArray pixels, Parallel parallel) {
    long[] words = new long[(panel.width() * panel.height() + Long.SIZE - 1) / Long.SIZE];
    parallel.forEach(
        (panel.height() + ROWS - 1) / ROWS,
        block -> {
          long[] found = new long[sets.size()];
          for (int iy = block * ROWS; iy < Math.min(panel.height(), (block + 1) * ROWS); iy++) {
            for (int ix = 0; ix < panel.width(); ix++) {
              double d = resolution(panel, ix + 0.5, iy + 0.5);
              int bit = iy * panel.width() + ix;
              for (int i = 0; i < found.length; i++) {
                if (sets.get(i).contains(d)) {
                  found[i]++;
                  words[bit / Long.SIZE] |= 1L << bit;
                }
              }
            }
          }
          for (int i = 0; i < found.length; i++) {
            pixels.addAndGet(i, found[i]);
          }
        });
    return BitSet.valueOf(words);
  }

  /** d of a pixel coordinate in Å. */
  private double resolution(Panel panel, double px, double py) {
    Vec3 x = panel.position(px, py);
    Vec3 s = x.times(1 / (x.norm() * beam.wavelength())).minus(beam.s0());
    return 1 / s.norm();
  }

  private static Panel withoutParallax(Panel p) {
    Sensor s = p.sensor();
    return p.withSensor(new Sensor(s.material(), s.thickness(), s.mu(), false));
  }
}
