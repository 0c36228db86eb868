package org.mdx.bragg.internal.intensity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;

/** Sweeps whose cells or wavelengths say that their intensities are not of one kind. */
public final class UnlikeSweeps {
  /** Part of an edge. */
  private static final double EDGE = 0.02;

  /** Degrees. */
  private static final double ANGLE = 2;

  /** Part of the wavelength; anomalous scattering changes within less at an absorption edge. */
  private static final double WAVELENGTH = 0.005;

  private static final int NAMED = 5;

  private UnlikeSweeps() {}

  /**
   * What to tell.
   *
   * @param geometries with crystals
   * @return notes, none if the sweeps are alike
   */
  public static List<String> notes(List<Geometry> geometries) {
    List<UnitCell> cells = geometries.stream().map(g -> g.crystal().orElseThrow().cell()).toList();
    UnitCell usual = usual(cells);
    List<String> notes = new ArrayList<>();
    List<Integer> others =
        IntStream.range(0, cells.size()).filter(i -> differ(cells.get(i), usual)).boxed().toList();
    if (!others.isEmpty()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "cells differ by more than %.0f %% or %.0f° from %s: sweeps %s; these may be crystals"
                  + " of another kind, which mdx cosym tells apart",
              100 * EDGE,
              ANGLE,
              usual,
              named(others, cells)));
    }
    double[] wavelengths =
        geometries.stream().mapToDouble(g -> g.beam().wavelength()).sorted().toArray();
    double least = wavelengths[0];
    double most = wavelengths[wavelengths.length - 1];
    if (most > least * (1 + WAVELENGTH)) {
      notes.add(
          String.format(
              Locale.ROOT,
              "wavelengths from %.5f to %.5f Å are taken as one: absorption and anomalous scattering"
                  + " differ",
              least,
              most));
    }
    return notes;
  }

  /** The cell that is nearest to the median of each length; the first of several. */
  private static UnitCell usual(List<UnitCell> cells) {
    UnitCell median = MedianCell.of(cells);
    return cells.stream()
        .min(
            Comparator.comparingDouble(
                c ->
                    relative(c.a(), median.a())
                        + relative(c.b(), median.b())
                        + relative(c.c(), median.c())))
        .orElseThrow();
  }

  private static boolean differ(UnitCell a, UnitCell b) {
    return relative(a.a(), b.a()) > EDGE
        || relative(a.b(), b.b()) > EDGE
        || relative(a.c(), b.c()) > EDGE
        || Math.abs(a.alpha() - b.alpha()) > ANGLE
        || Math.abs(a.beta() - b.beta()) > ANGLE
        || Math.abs(a.gamma() - b.gamma()) > ANGLE;
  }

  private static double relative(double a, double b) {
    return Math.abs(a - b) / b;
  }

  private static String named(List<Integer> others, List<UnitCell> cells) {
    List<String> words =
        others.stream().limit(NAMED).map(i -> i + " (" + cells.get(i) + ")").toList();
    String rest = others.size() > NAMED ? " and " + (others.size() - NAMED) + " more" : "";
    return String.join(", ", words) + rest;
  }
}
