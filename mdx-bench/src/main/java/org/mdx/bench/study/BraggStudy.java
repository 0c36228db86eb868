package org.mdx.bench.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.mdx.bragg.Bragg;
import org.mdx.bragg.BraggSweep;
import org.mdx.bragg.index.IndexOptions;
import org.mdx.bragg.index.Indexed;
import org.mdx.bragg.index.Indexer;
import org.mdx.bragg.index.IndexingFailure;
import org.mdx.bragg.index.SweepSpots;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Probe;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.bragg.SpotSweep;
import org.mdx.sim.bragg.SweepKind;
import org.mdx.sim.bragg.TrueSpot;

/**
 * Finds and indexes simulated sweeps of which every spot is known. Prints a line for each: part of
 * the full reflections found by I/σ, part of the found spots that are reflections, mean error of
 * the centroids of strong ones, and whether the lattices are the true ones (cell within 0.5 %,
 * orientation within 0.5°); so for forty of the spots, and for all with the beam centre of the
 * header off by 15 px, with electrons 60.
 *
 * <p>Arguments: kinds such as {@code demo,wedge} or {@code all}, first and last seed, and a folder
 * if other programs shall index the same spots: it gets {@code imported.expt}, {@code strong.refl}
 * and {@code truth.expt} of each sweep. {@link IndexScore} judges what they find.
 */
public final class BraggStudy {
  private static final double NEAR_PX = 2;
  private static final double NEAR_FRAMES = 1.5;
  private static final double STRONG = 30;
  private static final int FEW = 40;
  private static final double OFF = 15;

  /** Part of a turn from seed to seed, so that a few of them look in all directions. */
  private static final double GOLDEN = 0.6180339887;

  private static final double OFF_ELECTRONS = 60;

  private BraggStudy() {}

  /**
   * Runs the study.
   *
   * @param args kinds, first seed, last seed, folder
   */
  public static void main(String[] args) {
    List<SweepKind> kinds =
        args[0].equals("all")
            ? List.of(SweepKind.values())
            : Arrays.stream(args[0].split(",")).map(SweepKind::ofLabel).toList();
    System.out.println(
        "kind           seed  spots  I/σ 3-5   > 5  are spots  bias px, px, frame        indexed"
            + "  lattices  40 spots  off");
    for (SweepKind kind : kinds) {
      for (int seed = Integer.parseInt(args[1]); seed <= Integer.parseInt(args[2]); seed++) {
        System.out.println(line(kind, seed, args.length > 3 ? Path.of(args[3]) : null));
      }
    }
  }

  private static String line(SweepKind kind, int seed, Path folder) {
    SpotSweep sweep = kind.sweep(seed);
    BraggSweep found = Bragg.sweep(sweep.series()).findSpots();
    Reflections spots = found.spots().get(0).reflections();
    if (folder != null) {
      write(sweep, spots, folder.resolve(kind.label() + "-" + seed));
    }
    String head =
        String.format(Locale.ROOT, "%-14s %4d %6d", kind.label(), seed, spots.size())
            + matched(sweep, spots);
    try {
      int lattices = sweep.trueGeometries().size();
      Indexed indexed = found.index(o -> o.maxLattices(lattices)).indexed().orElseThrow();
      return head
          + String.format(
              Locale.ROOT,
              "  %6.3f  %d of %d     %s  %s",
              (double) indexed.indexed() / indexed.spots(),
              TrueLattices.found(sweep.trueGeometries(), crystals(indexed)),
              lattices,
              lattices == 1 ? few(sweep, spots, seed) : "-",
              off(sweep, spots, seed));
    } catch (IndexingFailure e) {
      return head + "  not indexed: " + e.getMessage().lines().findFirst().orElse("");
    }
  }

  /** Recall by I/σ, precision and bias. */
  private static String matched(SpotSweep sweep, Reflections spots) {
    double[] at = spots.get(ReflectionKeys.XYZOBS_PX);
    int[] panel = spots.get(ReflectionKeys.PANEL);
    int first = sweep.header().scan().firstImage() - 1;
    List<TrueSpot> truth = new ArrayList<>(sweep.spots());
    truth.sort((a, b) -> Double.compare(a.px(), b.px()));
    double[] px = truth.stream().mapToDouble(TrueSpot::px).toArray();
    boolean[] seen = new boolean[px.length];
    int real = 0;
    double[] bias = new double[4];
    for (int i = 0; i < spots.size(); i++) {
      double x = at[3 * i];
      double y = at[3 * i + 1];
      double z = at[3 * i + 2] - first;
      int best = nearest(truth, px, panel[i], x, y, z);
      if (best < 0) {
        continue;
      }
      real++;
      seen[best] = true;
      TrueSpot t = truth.get(best);
      if (t.isFull() && t.signalToNoise() > STRONG) {
        bias[0] += x - t.px();
        bias[1] += y - t.py();
        bias[2] += z - t.frame();
        bias[3]++;
      }
    }
    return String.format(
        Locale.ROOT,
        "   %6.3f %6.3f %6.3f    %+.4f %+.4f %+.4f (%d)",
        recall(truth, seen, 3, 5),
        recall(truth, seen, 5, Double.POSITIVE_INFINITY),
        (double) real / spots.size(),
        bias[0] / bias[3],
        bias[1] / bias[3],
        bias[2] / bias[3],
        (int) bias[3]);
  }

  private static int nearest(
      List<TrueSpot> truth, double[] px, int panel, double x, double y, double z) {
    int from = Arrays.binarySearch(px, x - NEAR_PX);
    int best = -1;
    double least = 1;
    for (int j = from < 0 ? -from - 1 : from; j < px.length && px[j] <= x + NEAR_PX; j++) {
      TrueSpot t = truth.get(j);
      double dz = (t.frame() - z) / NEAR_FRAMES;
      double d = Math.hypot(Math.hypot(t.px() - x, t.py() - y) / NEAR_PX, dz);
      if (t.panel() == panel && d < least && t.recorded() > 0) {
        least = d;
        best = j;
      }
    }
    return best;
  }

  private static double recall(List<TrueSpot> truth, boolean[] seen, double from, double to) {
    int all = 0;
    int n = 0;
    for (int j = 0; j < seen.length; j++) {
      TrueSpot t = truth.get(j);
      if (t.isFull() && t.signalToNoise() >= from && t.signalToNoise() < to) {
        all++;
        n += seen[j] ? 1 : 0;
      }
    }
    return (double) n / all;
  }

  /** Whether the lattice of forty of the spots is a true one. */
  private static String few(SpotSweep sweep, Reflections spots, int seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, spots.size()).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    int[] rows = order.stream().limit(FEW).sorted().mapToInt(Integer::intValue).toArray();
    return oneIsTrue(sweep, new SweepSpots(sweep.header().withCrystal(null), spots.select(rows)));
  }

  /** The same of all spots with the beam centre of the header off. */
  private static String off(SpotSweep sweep, Reflections spots, int seed) {
    Geometry g = sweep.header();
    double direction = 2 * Math.PI * GOLDEN * seed;
    double pixels = g.beam().probe() == Probe.ELECTRON ? OFF_ELECTRONS : OFF;
    List<Panel> panels =
        g.detector().panels().stream()
            .map(
                p ->
                    p.withOrigin(
                        p.origin()
                            .plus(p.fast().times(pixels * p.pixelWidth() * Math.cos(direction)))
                            .plus(p.slow().times(pixels * p.pixelHeight() * Math.sin(direction)))))
            .toList();
    Geometry moved = new Geometry(g.beam(), new Detector(panels), g.goniometer(), g.scan(), null);
    return oneIsTrue(sweep, new SweepSpots(moved, spots));
  }

  private static String oneIsTrue(SpotSweep sweep, SweepSpots spots) {
    try {
      Indexed found = Indexer.index(spots, IndexOptions.defaults());
      return TrueLattices.found(sweep.trueGeometries(), crystals(found)) > 0 ? "right" : "WRONG";
    } catch (IndexingFailure e) {
      return "none";
    }
  }

  private static List<Crystal> crystals(Indexed found) {
    return found.lattices().stream().map(Indexed.Lattice::crystal).toList();
  }

  /** Header, spots and truth for other programs. */
  private static void write(SpotSweep sweep, Reflections spots, Path folder) {
    try {
      Files.createDirectories(folder);
      Path images = folder.resolve("image_#####.cbf").toAbsolutePath();
      String name = folder.getFileName().toString();
      Geometry header = sweep.header().withCrystal(null);
      Dials.write(
          folder.resolve("imported.expt"),
          List.of(new DialsExperiment(name, header, images, null)));
      ReflectionFile.write(folder.resolve("strong.refl"), spots);
      List<DialsExperiment> truth = new ArrayList<>();
      for (Geometry g : sweep.trueGeometries()) {
        truth.add(new DialsExperiment("truth-" + truth.size(), g, images, null));
      }
      Dials.write(folder.resolve("truth.expt"), truth);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
