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

  /** Tiles of the smallest group that is no accident. */
  private static final int SMALLEST = 6;

  /** What the surroundings of a pixel in a shadow tell at most, of others at its angle. */
  private static final double LIGHT_AT_EDGE = 0.75;

  /** What the tiles about a shadow tell at least, of what those in it tell. */
  private static final double CONTRAST = 2.5;

  private final ImageSeries images;
  private final Corrections corrections;
  private final List<TileMap> maps = new ArrayList<>();
  private int tile;

  /** The tiles of one panel, in rows; the light of one without enough pixels is NaN. */
  private static final class TileMap {
    final int panel;
    final int across;
    final int down;
    final double[] light;
    final double[] factor;
    final int[] counted;
    final int[] step;
    final boolean[] dark;

    TileMap(int panel, int across, int down) {
      this.panel = panel;
      this.across = across;
      this.down = down;
      light = new double[across * down];
      factor = new double[across * down];
      counted = new int[across * down];
      step = new int[across * down];
      dark = new boolean[across * down];
    }
  }

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
   */
  public static FoundShadow find(ImageSeries images, Parallel parallel) {
    return new ShadowFinder(images).run(parallel);
  }

  private FoundShadow run(Parallel parallel) {
    int frames = Math.min(images.frames(), MOST_FRAMES);
    double[][] sums = sums(frames, parallel);
    tile = tileEdge(sums);
    for (int p = 0; p < sums.length; p++) {
      maps.add(tiles(p, sums[p]));
    }
    double[] usual = usual();
    double light = mark(usual);
    List<PixelMask> masks = new ArrayList<>();
    long pixels = 0;
    long counted = 0;
    for (TileMap map : maps) {
      dropFalse(map, usual);
      PixelMask mask = mask(map, sums[map.panel], usual);
      masks.add(mask);
      pixels += mask.count();
      counted += Arrays.stream(sums[map.panel]).filter(v -> !Double.isNaN(v)).count();
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

  /** The smallest tile in which the median pixel would have made enough counts. */
  private static int tileEdge(double[][] sums) {
    double[] known =
        Arrays.stream(sums).flatMapToDouble(Arrays::stream).filter(v -> !Double.isNaN(v)).toArray();
    double mean = Arrays.stream(known).map(v -> Math.min(v, 16)).average().orElse(0);
    int edge = FINEST;
    while (edge < COARSEST && mean * edge * edge * (1 - BRIGHTEST) < ENOUGH) {
      edge *= 2;
    }
    return edge;
  }

  private TileMap tiles(int p, double[] sums) {
    Panel panel = images.geometry().detector().panels().get(p);
    int across = (panel.width() + tile - 1) / tile;
    int down = (panel.height() + tile - 1) / tile;
    TileMap map = new TileMap(p, across, down);
    Vec3 beam = images.geometry().beam().s0();
    double stepAngle = tile * panel.pixelWidth() / panel.position(0, 0).norm();
    double[] values = new double[tile * tile];
    for (int t = 0; t < map.light.length; t++) {
      int x0 = t % across * tile;
      int y0 = t / across * tile;
      int n = 0;
      for (int y = y0; y < Math.min(panel.height(), y0 + tile); y++) {
        for (int x = x0; x < Math.min(panel.width(), x0 + tile); x++) {
          if (!Double.isNaN(sums[y * panel.width() + x])) {
            values[n++] = sums[y * panel.width() + x];
          }
        }
      }
      double cx = Math.min(panel.width(), x0 + tile / 2.0);
      double cy = Math.min(panel.height(), y0 + tile / 2.0);
      Vec3 at = panel.position(cx, cy);
      map.step[t] = (int) (Math.acos(at.dot(beam) / (at.norm() * beam.norm())) / stepAngle);
      CorrectionFactors f = corrections.at(p, cx, cy);
      map.factor[t] = f.solidAngle() * f.efficiency() * f.attenuation() * f.polarization();
      map.light[t] = n < COVERED * tile * tile ? Double.NaN : dimmer(values, n) / map.factor[t];
      map.counted[t] = n;
    }
    return map;
  }

  /** The mean of the first values without the brightest. */
  private static double dimmer(double[] values, int n) {
    Arrays.sort(values, 0, n);
    int kept = (int) Math.ceil((1 - BRIGHTEST) * n);
    return Arrays.stream(values, 0, kept).sum() / kept;
  }

  /** What a tile without shadow tells, by its angle; NaN where that is not known. */
  private double[] usual() {
    int steps = maps.stream().flatMapToInt(m -> Arrays.stream(m.step)).max().orElse(0) + 1;
    double[] usual = new double[steps];
    List<List<Double>> byStep = new ArrayList<>();
    for (int s = 0; s < steps; s++) {
      byStep.add(new ArrayList<>());
    }
    for (TileMap map : maps) {
      for (int t = 0; t < map.light.length; t++) {
        if (!Double.isNaN(map.light[t])) {
          byStep.get(map.step[t]).add(map.light[t]);
        }
      }
    }
    for (int s = 0; s < steps; s++) {
      double[] v = byStep.get(s).stream().mapToDouble(Double::doubleValue).sorted().toArray();
      usual[s] = v.length < FEWEST ? Double.NaN : v[v.length / 2];
    }
    return inward(usual);
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
    for (TileMap map : maps) {
      for (int t = 0; t < map.light.length; t++) {
        double expected = usual[map.step[t]];
        double part = map.light[t] / expected;
        double counts = expected * map.factor[t] * (1 - BRIGHTEST) * map.counted[t];
        if (part < LIGHT && (1 - part) * counts > SIGMA * Math.sqrt(counts)) {
          map.dark[t] = true;
          parts.add(part);
        }
      }
    }
    double[] sorted = parts.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  /** Takes the mark from groups that are small or fade; neighbours touch by an edge or a corner. */
  private static void dropFalse(TileMap map, double[] usual) {
    boolean[] seen = new boolean[map.dark.length];
    int[] group = new int[map.dark.length];
    for (int t = 0; t < map.dark.length; t++) {
      if (map.dark[t] && !seen[t]) {
        int n = group(map, t, seen, group);
        boolean kept = n >= SMALLEST && isSharp(map, Arrays.copyOf(group, n), usual);
        for (int i = 0; !kept && i < n; i++) {
          map.dark[group[i]] = false;
        }
      }
    }
  }

  /** Whether the tiles that lie two from a group tell much more than the group. */
  private static boolean isSharp(TileMap map, int[] group, double[] usual) {
    BitSet inside = new BitSet();
    Arrays.stream(group).forEach(inside::set);
    BitSet grown = grown(map, inside);
    BitSet ring = grown(map, grown);
    ring.andNot(grown);
    return median(map, ring, usual) > CONTRAST * median(map, inside, usual);
  }

  /** The median of what tiles tell, of the usual; 0 if none is known. */
  private static double median(TileMap map, BitSet tiles, double[] usual) {
    double[] parts =
        tiles.stream()
            .mapToDouble(t -> map.light[t] / usual[map.step[t]])
            .filter(part -> !Double.isNaN(part))
            .sorted()
            .toArray();
    return parts.length == 0 ? 0 : parts[parts.length / 2];
  }

  private static BitSet grown(TileMap map, BitSet tiles) {
    BitSet all = new BitSet();
    tiles.stream().forEach(t -> Arrays.stream(around(map, t)).forEach(all::set));
    return all;
  }

  private static int group(TileMap map, int start, boolean[] seen, int[] group) {
    int n = 1;
    group[0] = start;
    seen[start] = true;
    for (int i = 0; i < n; i++) {
      for (int t : around(map, group[i])) {
        if (map.dark[t] && !seen[t]) {
          seen[t] = true;
          group[n++] = t;
        }
      }
    }
    return n;
  }

  /** A tile and those that touch it. */
  private static int[] around(TileMap map, int t) {
    int[] all = new int[9];
    int n = 0;
    for (int y = Math.max(0, t / map.across - 1);
        y <= Math.min(map.down - 1, t / map.across + 1);
        y++) {
      for (int x = Math.max(0, t % map.across - 1);
          x <= Math.min(map.across - 1, t % map.across + 1);
          x++) {
        all[n++] = y * map.across + x;
      }
    }
    return Arrays.copyOf(all, n);
  }

  /** The pixels of dark tiles and of those around them that are dark and not masked already. */
  private PixelMask mask(TileMap map, double[] sums, double[] usual) {
    Panel panel = images.geometry().detector().panels().get(map.panel);
    BitSet dark = new BitSet();
    for (int t = 0; t < map.dark.length; t++) {
      dark.set(t, map.dark[t]);
    }
    BitSet bits = new BitSet(sums.length);
    double[] room = new double[(tile + 1) * (tile + 1)];
    grown(map, dark).stream()
        .forEach(
            t -> {
              double most = LIGHT_AT_EDGE * usual[map.step[t]] * map.factor[t];
              for (int i = 0; i < tile * tile; i++) {
                int x = t % map.across * tile + i % tile;
                int y = t / map.across * tile + i / tile;
                if (x < panel.width() && y < panel.height() && !masked(sums, panel, x, y)) {
                  bits.set(y * panel.width() + x, around(sums, panel, x, y, room) < most);
                }
              }
            });
    return PixelMask.of(panel.width(), panel.height(), wider(bits, sums, panel));
  }

  /** With the pixels beside them, through which the edge of the shadow may go. */
  private static BitSet wider(BitSet bits, double[] sums, Panel panel) {
    BitSet wider = new BitSet(sums.length);
    bits.stream()
        .forEach(
            i -> {
              int x = i % panel.width();
              int y = i / panel.width();
              for (int v = Math.max(0, y - 1); v <= Math.min(panel.height() - 1, y + 1); v++) {
                for (int u = Math.max(0, x - 1); u <= Math.min(panel.width() - 1, x + 1); u++) {
                  wider.set(v * panel.width() + u, !masked(sums, panel, u, v));
                }
              }
            });
    return wider;
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
