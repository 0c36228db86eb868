package org.mdx.bragg.integrate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mdx.geometry.Geometry;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.bragg.BraggOptions;
import org.mdx.sim.bragg.Lattice;
import org.mdx.sim.bragg.SpotSweep;
import org.mdx.sim.bragg.TrueSpot;

/** A simulated sweep with its true geometry, whose frames are made once. */
final class TrueSweep {
  final SpotSweep sweep;
  final int lattice;
  final ImageSeries images;
  final Reflections strong;

  private TrueSweep(SpotSweep sweep, int lattice, ImageSource source) {
    this.sweep = sweep;
    this.lattice = lattice;
    images = sweep.series().withGeometry(sweep.trueGeometries().get(lattice)).withSource(source);
    Reflections spots =
        sweep
            .reflections(List.of())
            .where(
                i -> {
                  TrueSpot s = sweep.spots().get(i);
                  return s.lattice() == lattice && s.signalToNoise() > 10 && s.isFull();
                });
    strong = spots.with(ReflectionKeys.XYZOBS_PX, spots.get(ReflectionKeys.XYZCAL_PX));
  }

  static TrueSweep of(BraggOptions options) {
    SpotSweep sweep = SpotSweep.of(options);
    return new TrueSweep(sweep, 0, new Kept(sweep));
  }

  /** The first frames of a sweep. */
  static BraggOptions cut(BraggOptions options, int frames) {
    return options.withScan(options.header().scan().first(frames));
  }

  /** Another lattice of the same frames. */
  TrueSweep lattice(int other) {
    return new TrueSweep(sweep, other, images.source());
  }

  /** The same with other frames. */
  TrueSweep withSource(ImageSource source) {
    return new TrueSweep(sweep, lattice, source);
  }

  IntegrateOptions options() {
    Lattice l = sweep.options().lattices().get(lattice);
    return IntegrateOptions.defaults()
        .withMemory(1L << 30)
        .withWidths(new SpotWidths(l.sigmaB(), l.sigmaM(), 0));
  }

  Integrated run(List<Geometry> others, Reflections spots) {
    return Integrator.integrate(images, others, spots, options(), Parallel.of(2), Progress.NONE);
  }

  Integrated run(IntegrateOptions o) {
    return Integrator.integrate(images, strong, o, Parallel.of(2), Progress.NONE);
  }

  Integrated run() {
    return run(List.of(), strong);
  }

  /** A true spot and its row in a table. */
  record Pair(TrueSpot spot, int row) {}

  /** Spots of the lattice and the rows that have a flag. */
  List<Pair> pairs(Reflections r, ReflectionFlag flag) {
    Map<List<Integer>, List<Integer>> rows = new HashMap<>();
    for (int i = 0; i < r.size(); i++) {
      if (r.isSet(i, flag)) {
        List<Integer> key =
            List.of(
                r.integer(ReflectionKeys.MILLER_INDEX, i, 0),
                r.integer(ReflectionKeys.MILLER_INDEX, i, 1),
                r.integer(ReflectionKeys.MILLER_INDEX, i, 2));
        rows.computeIfAbsent(key, k -> new ArrayList<>()).add(i);
      }
    }
    List<Pair> pairs = new ArrayList<>();
    int first = images.geometry().scan().firstImage() - 1;
    for (TrueSpot s : sweep.spots()) {
      for (int i :
          s.lattice() == lattice
              ? rows.getOrDefault(List.of(s.h(), s.k(), s.l()), List.<Integer>of())
              : List.<Integer>of()) {
        if (Math.abs(r.value(ReflectionKeys.XYZCAL_PX, i, 2) - first - s.frame()) < 1) {
          pairs.add(new Pair(s, i));
        }
      }
    }
    return pairs;
  }

  /** Part of the true intensity that is found, and robust width of what differs from it, in σ. */
  static double[] partAndWidth(Reflections r, List<Pair> pairs) {
    double found = 0;
    double truth = 0;
    for (Pair p : pairs) {
      found += r.value(ReflectionKeys.INTENSITY_PRF, p.row(), 0);
      truth += p.spot().recorded();
    }
    double part = found / truth;
    double[] z = new double[pairs.size()];
    for (int i = 0; i < z.length; i++) {
      Pair p = pairs.get(i);
      z[i] =
          Math.abs(r.value(ReflectionKeys.INTENSITY_PRF, p.row(), 0) - part * p.spot().recorded())
              / Math.sqrt(r.value(ReflectionKeys.INTENSITY_PRF_VARIANCE, p.row(), 0));
    }
    Arrays.sort(z);
    return new double[] {part, 1.4826 * z[z.length / 2]};
  }

  /** Frames that are simulated once. */
  static class Kept implements ImageSource {
    private final ImageSource source;
    private final Map<Integer, int[][]> kept = new ConcurrentHashMap<>();

    Kept(ImageSource source) {
      this.source = source;
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
    public void read(int frame, int[][] into) throws IOException {
      int[][] known = kept.get(frame);
      if (known == null) {
        source.read(frame, into);
        kept.put(frame, Arrays.stream(into).map(int[]::clone).toArray(int[][]::new));
        return;
      }
      for (int p = 0; p < into.length; p++) {
        System.arraycopy(known[p], 0, into[p], 0, known[p].length);
      }
    }

    @Override
    public String describe(int frame) {
      return source.describe(frame);
    }
  }
}
