package org.mdx.bragg.integrate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mdx.bragg.internal.intensity.LocalFrame;
import org.mdx.bragg.internal.kernel.ErrorFunction;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.geometry.PanelPlane;
import org.mdx.geometry.Scan;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Predicted reflections with their boxes and neighbours. */
final class Targets {
  /** Of the box about the foreground. */
  private static final double BOX = 2;

  /** Pixels, frames and degrees between a spot and its prediction; of the last two the wider. */
  private static final double NEAR_PIXELS = 5;

  private static final double NEAR_FRAMES = 3;
  private static final double NEAR_DEGREES = 0.5;

  /** Part of the indexed spots that a good geometry explains. */
  private static final double EXPLAINED = 0.7;

  /** Part of them below which it explains nothing. */
  private static final double UNEXPLAINED = 0.25;

  /** Reflections whose neighbours one thread looks for at a time. */
  private static final int CHUNK = 512;

  private static final Target[] NONE = {};

  private final Geometry geometry;
  private final Scan scan;
  private Target[] all;
  private final PanelPlane[] planes;

  Targets(Geometry geometry, Reflections predicted) {
    this.geometry = geometry;
    scan = geometry.scan();
    planes = PanelPlane.of(geometry.detector());
    Vec3 axis = geometry.goniometer().laboratoryAxis();
    double[] s1 = predicted.get(ReflectionKeys.S1);
    double[] xyz = predicted.get(ReflectionKeys.XYZCAL_PX);
    int[] panel = predicted.get(ReflectionKeys.PANEL);
    all = new Target[predicted.size()];
    int first = scan.firstImage() - 1;
    for (int i = 0; i < all.length; i++) {
      Vec3 s = new Vec3(s1[3 * i], s1[3 * i + 1], s1[3 * i + 2]);
      double z = xyz[3 * i + 2] - first;
      all[i] =
          new Target(
              i,
              panel[i],
              xyz[3 * i],
              xyz[3 * i + 1],
              z,
              scan.phiAt(z),
              LocalFrame.of(s, geometry.beam().s0(z), axis));
    }
  }

  Target[] all() {
    return all;
  }

  /** The prediction of each spot, null where there is none. */
  Target[] match(Reflections strong, Reflections predicted) {
    Map<Long, List<Target>> byIndex = new HashMap<>();
    for (Target t : all) {
      byIndex.computeIfAbsent(index(predicted, t.row), k -> new ArrayList<>(2)).add(t);
    }
    double[] xyz = strong.get(ReflectionKeys.XYZOBS_PX);
    Target[] found = new Target[strong.size()];
    int first = scan.firstImage() - 1;
    for (int i = 0; i < found.length; i++) {
      double nearest = nearFrames();
      for (Target t : byIndex.getOrDefault(index(strong, i), List.of())) {
        double dz = Math.abs(t.z - xyz[3 * i + 2] + first);
        double distance = Math.hypot(t.px - xyz[3 * i], t.py - xyz[3 * i + 1]);
        if (t.panel == strong.integer(ReflectionKeys.PANEL, i, 0)
            && distance <= NEAR_PIXELS
            && dz <= nearest) {
          nearest = dz;
          found[i] = t;
        }
      }
    }
    return found;
  }

  /**
   * Tells whether the geometry explains the spots.
   *
   * @param strong indexed spots
   * @param found the reflections at their places
   * @param d resolution to which reflections are predicted, Å
   * @return what a user should know, empty if there is nothing
   * @throws IllegalArgumentException if hardly a spot lies where its index is predicted
   */
  Optional<String> explained(Reflections strong, Target[] found, double d) {
    Mat3 a = geometry.crystal().orElseThrow().a();
    int indexed = 0;
    int near = 0;
    for (int i = 0; i < found.length; i++) {
      Vec3 h =
          new Vec3(
              strong.integer(ReflectionKeys.MILLER_INDEX, i, 0),
              strong.integer(ReflectionKeys.MILLER_INDEX, i, 1),
              strong.integer(ReflectionKeys.MILLER_INDEX, i, 2));
      double s = a.times(h).norm();
      if (s > 0 && s * d <= 1) {
        indexed++;
        near += found[i] == null ? 0 : 1;
      }
    }
    if (near >= EXPLAINED * indexed) {
      return Optional.empty();
    }
    String word =
        String.format(
            Locale.ROOT,
            "%d of %d indexed spots lie where this geometry predicts them, within %.0f px and %.0f"
                + " frames: it does not explain the others; look at the sense and width of the"
                + " rotation, the beam centre and the indexing, and refine ('mdx refine')",
            near,
            indexed,
            NEAR_PIXELS,
            nearFrames());
    if (near < UNEXPLAINED * indexed) {
      throw new IllegalArgumentException("only " + word);
    }
    return Optional.of("only " + word);
  }

  private double nearFrames() {
    return Math.max(NEAR_FRAMES, NEAR_DEGREES / Math.max(1e-9, Math.abs(scan.width())));
  }

  /** The index as one number; no two that are predicted have the same. */
  private static long index(Reflections r, int row) {
    long index = 0;
    for (int i = 0; i < 3; i++) {
      index = (index << 21) + r.integer(ReflectionKeys.MILLER_INDEX, row, i);
    }
    return index;
  }

  /**
   * Sets the boxes: twice 3 σ_b in ε₁ and ε₂, 3 σ_m in ε₃. A reflection that several stretches
   * recorded is replaced by its parts, one behind the other.
   *
   * @param recorded the frames that show the crystal
   * @param slices the most into which frames are summed
   */
  void frame(SpotWidths widths, double minZeta, List<FrameStretch> recorded, int slices) {
    double reach = BOX * SpotWidths.N_SIGMA * widths.sigmaB();
    double width = Math.abs(scan.width());
    List<Target> framed = new ArrayList<>();
    for (Target t : all) {
      setArea(t, reach);
      t.stretch = widths.stretch(sineOfTwoTheta(t));
      double zeta = Math.abs(t.frame.zeta());
      t.integrate = zeta >= minZeta;
      double half =
          width == 0
              ? 0.5
              : SpotWidths.N_SIGMA
                  * widths.sigmaM()
                  * t.stretch
                  / (Math.max(zeta, minZeta) * width);
      t.zFrom = Math.floor(t.z - half);
      t.zTo = Math.ceil(t.z + half);
      List<Target> parts = parts(t, recorded);
      for (int i = 0; i < parts.size(); i++) {
        setSlices(parts.get(i), slices, stretch(parts.get(i), recorded, i));
      }
      framed.addAll(parts);
    }
    all = framed.toArray(new Target[0]);
    for (Target t : all) {
      double scale = t.alongFrame(width);
      t.measured.partiality =
          width == 0
              ? 1
              : Math.abs(
                  ErrorFunction.between(
                      scale * (t.z0 - t.z), scale * (t.z1 - t.z), widths.sigmaM()));
      t.integrate &= t.slices > 0 && !t.blank;
    }
  }

  private double sineOfTwoTheta(Target t) {
    Vec3 s0 = geometry.beam().s0(t.z);
    return Math.min(1, t.frame.s1().cross(s0).norm() / (t.frame.s1().norm() * s0.norm()));
  }

  private static boolean meets(Target t, FrameStretch s) {
    return t.zFrom < s.to() && s.from() < t.zTo;
  }

  /** As many as there are stretches that it meets, one if there is none. */
  private List<Target> parts(Target t, List<FrameStretch> recorded) {
    List<Target> parts = new ArrayList<>(List.of(t));
    long met = recorded.stream().filter(s -> meets(t, s)).count();
    t.blank = met == 0;
    for (int i = 1; i < met; i++) {
      parts.add(t.part());
    }
    return parts;
  }

  /** The stretch of a part; the whole scan for what no stretch recorded. */
  private FrameStretch stretch(Target t, List<FrameStretch> recorded, int part) {
    return recorded.stream()
        .filter(s -> meets(t, s))
        .skip(part)
        .findFirst()
        .orElse(new FrameStretch(0, scan.frames()));
  }

  private void setArea(Target t, double reach) {
    double[] xy = new double[3];
    double left = t.px;
    double right = t.px;
    double top = t.py;
    double bottom = t.py;
    for (int i = 0; i < 4; i++) {
      Vec3 s = t.frame.beam((i & 1) == 0 ? -reach : reach, (i >> 1) == 0 ? -reach : reach);
      if (planes[t.panel].intersect(s.x(), s.y(), s.z(), xy)) {
        planes[t.panel].toPixels(xy);
        left = Math.min(left, xy[0]);
        right = Math.max(right, xy[0]);
        top = Math.min(top, xy[1]);
        bottom = Math.max(bottom, xy[1]);
      }
    }
    t.x0 = (int) Math.floor(left);
    t.y0 = (int) Math.floor(top);
    t.w = (int) Math.ceil(right) - t.x0;
    t.h = (int) Math.ceil(bottom) - t.y0;
  }

  /** All slices have the same number of frames, so that one background fits them. */
  private static void setSlices(Target t, int most, FrameStretch stretch) {
    int from = (int) Math.max(stretch.from(), t.zFrom);
    int to = (int) Math.min(stretch.to(), t.zTo);
    t.z0 = from;
    t.z1 = Math.max(from, to);
    if (to <= from) {
      return;
    }
    int n = to - from;
    int around = stretch.to() - to + from - stretch.from();
    t.perSlice = perSlice(n, most, around);
    int missing = (t.perSlice - n % t.perSlice) % t.perSlice;
    int after = Math.min(missing / 2, stretch.to() - to);
    int before = Math.min(missing - after, from - stretch.from());
    after = Math.min(missing - before, stretch.to() - to);
    t.z0 = from - before;
    t.z1 = to + after;
    t.slices = (t.z1 - t.z0) / t.perSlice;
    if (from == stretch.from()) {
      t.z1 = t.z0 + t.slices * t.perSlice;
    } else {
      t.z0 = t.z1 - t.slices * t.perSlice;
    }
  }

  /**
   * Frames of a slice: as few as the most slices allow. Where the stretch has not the frames that
   * fill the last slice, up to eight fifths as many, so that the fewest frames are lost.
   *
   * @param around frames of the stretch that do not belong to the box
   */
  static int perSlice(int frames, int most, int around) {
    int least = (frames - 1) / most + 1;
    int best = least;
    int fewest = Integer.MAX_VALUE;
    for (int p = least; p == least || 8 * ((frames - 1) / p + 1) >= 5 * most; p++) {
      int missing = (p - frames % p) % p;
      int lost = missing <= around ? 0 : (frames + around) % p;
      if (lost < fewest) {
        fewest = lost;
        best = p;
      }
    }
    return best;
  }

  /**
   * Tells each reflection the ones whose boxes meet its own, by tiles of the detector.
   *
   * @param others reflections of other lattices in the same frames
   */
  void meetNeighbours(List<Target> others, Parallel parallel) {
    List<Target> both = new ArrayList<>(List.of(all));
    both.addAll(others);
    both.removeIf(t -> t.slices == 0 || t.blank);
    int tile = 1;
    for (Target t : both) {
      tile = Math.max(tile, Math.max(t.w, t.h));
    }
    int longest = 0;
    Map<Long, List<Integer>> tiles = new HashMap<>();
    for (int i : IntStream.range(0, both.size()).boxed().sorted(byStart(both)).toList()) {
      tiles.computeIfAbsent(tile(both.get(i), tile, 0, 0), k -> new ArrayList<>()).add(i);
      longest = Math.max(longest, both.get(i).z1 - both.get(i).z0);
    }
    int size = tile;
    int before = longest;
    parallel.forEach(
        (all.length + CHUNK - 1) / CHUNK,
        c -> {
          for (int i = c * CHUNK; i < Math.min(all.length, (c + 1) * CHUNK); i++) {
            all[i].neighbours = all[i].integrate ? met(all[i], both, tiles, size, before) : NONE;
          }
        });
  }

  /** Those that a reflection meets, in the order of tiles, and of reflections in each. */
  private static Target[] met(
      Target t, List<Target> both, Map<Long, List<Integer>> tiles, int size, int longest) {
    List<Long> found = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      List<Integer> there = tiles.getOrDefault(tile(t, size, i % 3 - 1, i / 3 - 1), List.of());
      for (int k = firstAfter(there, both, t.z0 - longest); k < there.size(); k++) {
        Target o = both.get(there.get(k));
        if (o.z0 >= t.z1) {
          break;
        }
        if (o != t && t.meets(o)) {
          found.add(((long) i << 32) + there.get(k));
        }
      }
    }
    found.sort(null);
    Target[] neighbours = new Target[found.size()];
    for (int i = 0; i < neighbours.length; i++) {
      neighbours[i] = both.get(found.get(i).intValue());
    }
    return neighbours;
  }

  private static Comparator<Integer> byStart(List<Target> targets) {
    return Comparator.comparingInt((Integer i) -> targets.get(i).z0).thenComparingInt(i -> i);
  }

  /** The first of those, sorted by their first frames, that begins behind a frame. */
  private static int firstAfter(List<Integer> sorted, List<Target> targets, int frame) {
    int from = 0;
    int to = sorted.size();
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (targets.get(sorted.get(middle)).z0 > frame) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from;
  }

  private static long tile(Target t, int size, int dx, int dy) {
    long x = Math.floorDiv(t.x0, size) + dx;
    long y = Math.floorDiv(t.y0, size) + dy;
    return (t.panel * 1_000_003L + x) * 1_000_003L + y;
  }

  /** The resolution of the corner that is farthest from the beam, Å. */
  static double farthest(Geometry geometry) {
    double longest = 0;
    for (int p = 0; p < geometry.detector().panels().size(); p++) {
      Panel panel = geometry.detector().panels().get(p);
      for (int i = 0; i < 4; i++) {
        double x = (i & 1) * panel.width();
        double y = (i >> 1) * panel.height();
        longest = Math.max(longest, geometry.scatteringVector(p, x, y).norm());
      }
    }
    return 1 / longest;
  }
}
