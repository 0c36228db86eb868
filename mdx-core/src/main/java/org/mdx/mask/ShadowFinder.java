package org.mdx.mask;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.mdx.geometry.CorrectionFactors;
import org.mdx.geometry.Corrections;
import org.mdx.geometry.Panel;
import org.mdx.image.FrameBuffer;
import org.mdx.image.ImageSeries;
import org.mdx.image.PixelMask;
import org.mdx.image.Pixels;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;

/**
 * Finds the shadow of a beamstop, its arm, or anything else that stays in front of the detector.
 *
 * <p>Some frames are added up and cut into square tiles. A tile tells the mean of its pixels
 * without the brightest quarter, where Bragg peaks are, over the factors by which polarization,
 * solid angle and the sensor change it. Tiles at one scattering angle should tell the same, their
 * median; one that tells less than 0.4 of it, by five standard deviations of its counts, lies in a
 * shadow. Near the beam a shadow may cover all directions: where the median falls to less than that
 * within a few tiles towards the beam and does not rise again, it stays as it was before. Groups of
 * a few tiles are left out, and so are those that fade: most tiles about a shadow tell 2.5 times as
 * much as those within, but not those about a place where the crystal scatters little. What is
 * found grows by a tile on all sides, for the edge of a shadow is not quite sharp.
 */
public final class ShadowFinder {
  private static final int MOST_FRAMES = 12;

  /** Smallest and largest tiles, pixels along an edge. */
  private static final int FINEST = 4;

  private static final int COARSEST = 16;

  /** Counts that half of the tiles should have. */
  private static final double ENOUGH = 60;

  /** Counts of a pixel beyond which it tells no more about the others. */
  private static final double BRIGHT = 16;

  /** Part of the pixels of a tile that must count. */
  private static final double COVERED = 0.5;

  /** Part of the brightest pixels of a tile that are not looked at. */
  private static final double BRIGHTEST = 0.25;

  /** What a tile in a shadow tells at most, of the others at its angle. */
  private static final double LIGHT = 0.4;

  /** Standard deviations by which it tells less. */
  private static final double SIGMA = 5;

  /** Fewest tiles at an angle that have a median. */
  private static final int FEWEST = 8;

  /** Pixels, towards the beam, within which the edge of a shadow makes the median fall. */
  private static final int EDGE = 16;

  /** What the surroundings of a pixel in a shadow tell at most, of others at its angle. */
  private static final double LIGHT_AT_EDGE = 0.75;

  private final ImageSeries images;
  private final Corrections corrections;
  private final List<ShadowTiles> panels = new ArrayList<>();
  private int tile;

  /** Radians of a step of scattering angle, one for all panels: about a tile. */
  private double stepAngle;

  private ShadowFinder(ImageSeries images) {
    this.images = images;
    this.corrections = Corrections.of(images.geometry());
  }

  /**
   * Finds the shadow.
   *
   * @param images frames of one sweep; up to 12 of them, evenly spread, are looked at
   * @param parallel threads; the result does not depend on them
   * @return its pixels, none if there is no shadow; those that are masked already are not among
   *     them
   * @throws IllegalArgumentException if the photon energy is beyond the table of air, 1 keV to 20
   *     MeV
   * @throws java.io.UncheckedIOException if a frame cannot be read
   */
  public static FoundShadow find(ImageSeries images, Parallel parallel) {
    return new ShadowFinder(images).run(parallel);
  }

  private FoundShadow run(Parallel parallel) {
    int frames = Math.min(images.frames(), MOST_FRAMES);
    double[][] sums = sums(frames, parallel);
    tile = tileEdge(sums);
    stepAngle =
        images.geometry().detector().panels().stream()
            .mapToDouble(p -> tile * p.pixelWidth() / p.position(0, 0).norm())
            .max()
            .orElseThrow();
    for (int p = 0; p < sums.length; p++) {
      panels.add(tiles(p, sums[p], parallel));
    }
    double[] usual = usual();
    double light = mark(usual);
    List<PixelMask> masks = new ArrayList<>();
    long pixels = 0;
    long counted = 0;
    for (int p = 0; p < sums.length; p++) {
      panels.get(p).dropFalse(usual);
      PixelMask mask = mask(p, sums[p], usual);
      masks.add(mask);
      pixels += mask.count();
      counted += Arrays.stream(sums[p]).filter(v -> !Double.isNaN(v)).count();
    }
    return new FoundShadow(masks, pixels, counted, pixels == 0 ? 0 : light, frames);
  }

  /** Counts of each pixel in some frames, scaled to all of these where it did not always count. */
  private double[][] sums(int frames, Parallel parallel) {
    int panels = images.source().panels();
    double[][] sums = new double[panels][];
    short[][] valid = new short[panels][];
    for (int p = 0; p < panels; p++) {
      sums[p] = new double[images.source().width(p) * images.source().height(p)];
      valid[p] = new short[sums[p].length];
    }
    FrameBuffer.Pool buffers = new FrameBuffer.Pool(images);
    int all = images.frames();
    parallel.forEach(
        frames,
        i -> {
          try (FrameBuffer buffer = buffers.take()) {
            buffer.read((int) ((2L * i + 1) * all / (2L * frames)));
            synchronized (sums) {
              for (int p = 0; p < panels; p++) {
                add(buffer.pixels(p), sums[p], valid[p]);
              }
            }
          }
        });
    for (int p = 0; p < panels; p++) {
      for (int i = 0; i < sums[p].length; i++) {
        boolean masked = 2 * valid[p][i] < frames;
        double counts = images.response(p).counts(sums[p][i], valid[p][i]);
        sums[p][i] = masked ? Double.NaN : Math.max(0, counts * frames / valid[p][i]);
      }
    }
    return sums;
  }

  /** Sums are whole numbers, so that their order does not matter. */
  private static void add(int[] pixels, double[] sums, short[] valid) {
    for (int i = 0; i < pixels.length; i++) {
      if (!Pixels.isMasked(pixels[i])) {
        sums[i] += pixels[i];
        valid[i]++;
      }
    }
  }

  /** The smallest tile in which most pixels together have enough counts. */
  private static int tileEdge(double[][] sums) {
    double sum = 0;
    long known = 0;
    for (double[] panel : sums) {
      for (double v : panel) {
        if (!Double.isNaN(v)) {
          sum += Math.min(v, BRIGHT);
          known++;
        }
      }
    }
    double mean = known == 0 ? 0 : sum / known;
    int edge = FINEST;
    while (edge < COARSEST && mean * edge * edge * (1 - BRIGHTEST) < ENOUGH) {
      edge *= 2;
    }
    return edge;
  }

  private ShadowTiles tiles(int p, double[] sums, Parallel parallel) {
    Panel panel = images.geometry().detector().panels().get(p);
    int across = (panel.width() + tile - 1) / tile;
    int down = (panel.height() + tile - 1) / tile;
    ShadowTiles map = new ShadowTiles(across, down);
    parallel.forEach(
        down,
        row -> {
          double[] values = new double[tile * tile];
          for (int t = row * across; t < (row + 1) * across; t++) {
            look(p, t, sums, map, values);
          }
        });
    return map;
  }

  /** What one tile tells. */
  private void look(int p, int t, double[] sums, ShadowTiles map, double[] values) {
    Panel panel = images.geometry().detector().panels().get(p);
    Vec3 beam = images.geometry().beam().s0();
    int x0 = t % map.across * tile;
    int y0 = t / map.across * tile;
    int n = known(sums, panel, x0, y0, values);
    double cx = Math.min(panel.width(), x0 + tile / 2.0);
    double cy = Math.min(panel.height(), y0 + tile / 2.0);
    Vec3 at = panel.position(cx, cy);
    map.step[t] = (int) (Math.acos(at.dot(beam) / (at.norm() * beam.norm())) / stepAngle);
    CorrectionFactors f = corrections.at(p, cx, cy);
    map.factor[t] = f.solidAngle() * f.efficiency() * f.attenuation() * f.polarization();
    map.light[t] = n < COVERED * tile * tile ? Double.NaN : dimmer(values, n) / map.factor[t];
    map.counted[t] = n;
  }

  /** The pixels of a tile that count; how many. */
  private int known(double[] sums, Panel panel, int x0, int y0, double[] values) {
    int n = 0;
    int endX = Math.min(panel.width(), x0 + tile);
    int endY = Math.min(panel.height(), y0 + tile);
    for (int y = y0; y < endY; y++) {
      int row = y * panel.width();
      for (int i = row + x0; i < row + endX; i++) {
        if (!Double.isNaN(sums[i])) {
          values[n++] = sums[i];
        }
      }
    }
    return n;
  }

  /** The mean of the first values without the brightest. */
  private static double dimmer(double[] values, int n) {
    Arrays.sort(values, 0, n);
    int kept = (int) Math.ceil((1 - BRIGHTEST) * n);
    double sum = 0;
    for (int i = 0; i < kept; i++) {
      sum += values[i];
    }
    return sum / kept;
  }

  /** What a tile without shadow tells, by its angle; NaN where that is not known. */
  private double[] usual() {
    int steps = panels.stream().flatMapToInt(m -> Arrays.stream(m.step)).max().orElse(0) + 1;
    double[] usual = new double[steps];
    int[] n = new int[steps];
    forEachKnown((step, light) -> n[step]++);
    double[][] byStep = new double[steps][];
    Arrays.setAll(byStep, s -> new double[n[s]]);
    forEachKnown((step, light) -> byStep[step][--n[step]] = light);
    for (int s = 0; s < steps; s++) {
      Arrays.sort(byStep[s]);
      usual[s] = byStep[s].length < FEWEST ? Double.NaN : byStep[s][byStep[s].length / 2];
    }
    return inward(usual);
  }

  /** Takes step and light of a tile. */
  private interface Light {
    void take(int step, double light);
  }

  private void forEachKnown(Light of) {
    for (ShadowTiles map : panels) {
      for (int t = 0; t < map.size(); t++) {
        if (map.isKnown(t)) {
          of.take(map.step[t], map.light[t]);
        }
      }
    }
  }

  /** Values of outer steps for what is not known, and for what a shadow all around the beam is. */
  private double[] inward(double[] usual) {
    int steps = usual.length;
    for (int s = steps - 2; s >= 0; s--) {
      usual[s] = Double.isNaN(usual[s]) ? usual[s + 1] : usual[s];
    }
    double brightestInside = 0;
    double[] inside = new double[steps];
    for (int s = 0; s < steps; s++) {
      brightestInside = Math.max(brightestInside, usual[s]);
      inside[s] = brightestInside;
    }
    int edge = Math.max(1, EDGE / tile);
    for (int s = steps - 1 - edge; s >= 0; s--) {
      double before = usual[s + edge];
      if (inside[s] < LIGHT * before) {
        for (int i = s + edge - 1; i >= 0; i--) {
          usual[i] = Math.max(usual[i], before);
        }
        break;
      }
    }
    return usual;
  }

  /** Marks dark tiles; gives the median of what they tell, of the usual. */
  private double mark(double[] usual) {
    List<Double> parts = new ArrayList<>();
    for (ShadowTiles map : panels) {
      for (int t = 0; t < map.size(); t++) {
        double expected = usual[map.step[t]];
        double part = map.light[t] / expected;
        double counts = expected * map.factor[t] * (1 - BRIGHTEST) * map.counted[t];
        if (part < LIGHT && (1 - part) * counts > SIGMA * Math.sqrt(counts)) {
          map.dark.set(t);
          parts.add(part);
        }
      }
    }
    double[] sorted = parts.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  /** The pixels of dark tiles and of those around them that are dark and not masked already. */
  private PixelMask mask(int p, double[] sums, double[] usual) {
    Panel panel = images.geometry().detector().panels().get(p);
    ShadowTiles map = panels.get(p);
    BitSet near = map.grown(map.dark);
    BitSet bits = new BitSet(sums.length);
    double[] room = new double[(tile + 1) * (tile + 1)];
    for (int t = near.nextSetBit(0); t >= 0; t = near.nextSetBit(t + 1)) {
      double most = LIGHT_AT_EDGE * usual[map.step[t]] * map.factor[t];
      for (int i = 0; i < tile * tile; i++) {
        int x = t % map.across * tile + i % tile;
        int y = t / map.across * tile + i / tile;
        if (x < panel.width() && y < panel.height() && !masked(sums, panel, x, y)) {
          bits.set(y * panel.width() + x, around(sums, panel, x, y, room) < most);
        }
      }
    }
    // and the pixels beside them, through which the edge of the shadow may go
    BitSet wider = ShadowTiles.grown(bits, panel.width(), panel.height());
    for (int i = wider.nextSetBit(0); i >= 0; i = wider.nextSetBit(i + 1)) {
      wider.set(i, !Double.isNaN(sums[i]));
    }
    return PixelMask.of(panel.width(), panel.height(), wider);
  }

  private static boolean masked(double[] sums, Panel panel, int x, int y) {
    return Double.isNaN(sums[y * panel.width() + x]);
  }

  /** The mean of the square about a pixel without its brightest pixels. */
  private double around(double[] sums, Panel panel, int x, int y, double[] room) {
    int n = 0;
    int reach = tile / 2;
    for (int v = Math.max(0, y - reach); v <= Math.min(panel.height() - 1, y + reach); v++) {
      for (int u = Math.max(0, x - reach); u <= Math.min(panel.width() - 1, x + reach); u++) {
        if (!masked(sums, panel, u, v)) {
          room[n++] = sums[v * panel.width() + u];
        }
      }
    }
    return dimmer(room, n);
  }
}
