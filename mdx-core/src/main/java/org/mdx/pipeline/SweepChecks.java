package org.mdx.pipeline;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.mdx.crystal.CellTolerance;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.LaueGroup;
import org.mdx.crystal.MetricSymmetry;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Scan;
import org.mdx.image.ImageSeries;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.reindex.ReindexOptions;
import org.mdx.table.Subdivision;

/** Checks before an image is read: sweeps, background and subdivision fit together. */
final class SweepChecks {
  /**
   * Panels of a sweep and of its background lie within this fraction of their distance from the
   * crystal: refinement moves those of the sweep alone.
   */
  private static final double SHIFT = 0.05;

  /** Axes of such panels lie within this angle of each other, degrees. */
  private static final double TILT = 2;

  /** Sizes of their pixels agree within this fraction. */
  private static final double PIXEL = 1e-3;

  /** Wavelengths agree within this fraction. */
  private static final double WAVELENGTH = 0.02;

  /** Two orientations of a lattice are one if indices change by no more than this fraction. */
  private static final double SAME_ORIENTATION = 0.01;

  private SweepChecks() {}

  /** Sweeps of one kind of crystal, none of them twice. */
  static void requireTogether(List<Sweep> sweeps, CellTolerance tolerance) {
    if (sweeps.isEmpty()) {
      throw new IllegalArgumentException("no sweep to reduce");
    }
    Crystal first = sweeps.get(0).crystal();
    for (int i = 1; i < sweeps.size(); i++) {
      requireOneCrystal(first, sweeps.get(i).crystal(), i, tolerance);
    }
    requireDistinct(sweeps);
  }

  static void requireOneLaueGroup(Crystal one, Crystal other) {
    if (!laue(one).equals(laue(other))) {
      throw new IllegalArgumentException(
          "sweeps of space groups "
              + one.spaceGroup()
              + " and "
              + other.spaceGroup()
              + " cannot be merged: their Laue groups "
              + laue(one).symbol()
              + " and "
              + laue(other).symbol()
              + " differ; index all of them in one group");
    }
  }

  private static void requireOneCrystal(
      Crystal first, Crystal other, int number, CellTolerance tolerance) {
    requireOneLaueGroup(first, other);
    if (tolerance.admits(first.cell(), other.cell()) || admitsReindexed(first, other, tolerance)) {
      return;
    }
    throw new IllegalArgumentException(
        "sweep 0 has the cell "
            + first.cell()
            + ", sweep "
            + number
            + " "
            + other.cell()
            + ": they differ by more than "
            + tolerance
            + " and are merged as one crystal only if they agree; leave one out, or allow a larger"
            + " tolerance of cells");
  }

  /** Whether another choice of axes that the lattice allows makes the cells agree. */
  private static boolean admitsReindexed(Crystal first, Crystal other, CellTolerance tolerance) {
    List<ChangeOfBasis> choices;
    try {
      choices =
          MetricSymmetry.of(other.cell(), other.spaceGroup(), ReindexOptions.defaults().tolerance())
              .cosets(laue(other));
    } catch (IllegalArgumentException e) {
      return false; // the cell has not even the symmetry of its own group
    }
    return choices.stream()
        .anyMatch(
            c -> tolerance.admits(first.cell(), other.reindexed(c, other.spaceGroup()).cell()));
  }

  /** Refuses the same images given twice with one orientation of the crystal. */
  private static void requireDistinct(List<Sweep> sweeps) {
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < sweeps.size(); i++) {
      ImageSeries images = sweeps.get(i).images();
      for (int f = 0; f < images.frames(); f++) {
        String frame = images.source().describe(f);
        Integer before = seen.putIfAbsent(frame, i);
        if (before != null
            && before != i
            && isSameOrientation(sweeps.get(before).crystal(), sweeps.get(i).crystal())) {
          throw new IllegalArgumentException(
              "sweeps "
                  + before
                  + " and "
                  + i
                  + " have the image "
                  + frame
                  + " and the crystal's orientation in common: a measurement that is given twice"
                  + " counts twice in every redundancy; give each sweep once");
        }
      }
    }
  }

  private static boolean isSameOrientation(Crystal one, Crystal other) {
    double[] change = one.a().inverse().times(other.a()).toRowMajor();
    double[] whole = new double[9];
    for (int i = 0; i < 9; i++) {
      whole[i] = Math.rint(change[i]);
      if (Math.abs(change[i] - whole[i]) > SAME_ORIENTATION) {
        return false;
      }
    }
    return Math.abs(Math.abs(Mat3.ofRowMajor(whole).determinant()) - 1) < 0.5;
  }

  /** A subdivision that the symmetry maps onto itself. */
  static void requireCarried(Crystal crystal, Subdivision ndiv) {
    if (!laue(crystal).carries(ndiv.h(), ndiv.k(), ndiv.l())) {
      throw new IllegalArgumentException(
          "subdivision "
              + ndiv
              + " does not fit Laue group "
              + laue(crystal).symbol()
              + ": its operators exchange indices that are divided differently; divide them alike");
    }
  }

  private static LaueGroup laue(Crystal crystal) {
    return crystal.spaceGroup().laueGroup();
  }

  /** A background from the detector of a sweep, with exposures that can be compared. */
  static void requireSameDetector(ImageSeries blank, Sweep sweep) {
    requireSameDetector(blank, sweep.images(), sweep.gridsOnly());
  }

  static void requireSameDetector(ImageSeries blank, ImageSeries images, boolean gridsOnly) {
    List<Panel> ours = images.geometry().detector().panels();
    List<Panel> theirs = blank.geometry().detector().panels();
    if (!shape(ours).equals(shape(theirs))) {
      throw refused(blank, images, "has " + shape(theirs) + " pixels, that of", shape(ours));
    }
    if (!gridsOnly) {
      for (int p = 0; p < ours.size(); p++) {
        requireSamePlace(blank, images, theirs.get(p), ours.get(p));
      }
      requireSameWavelength(blank, images);
    }
    requireComparable(blank, images);
  }

  private static void requireSameWavelength(ImageSeries blank, ImageSeries images) {
    double theirs = blank.geometry().beam().wavelength();
    double ours = images.geometry().beam().wavelength();
    if (Math.abs(theirs - ours) > WAVELENGTH * ours) {
      throw new IllegalArgumentException(
          blank.source().describe(0)
              + ": the background's wavelength is "
              + theirs
              + " Å, that of "
              + images.source().describe(0)
              + " "
              + ours
              + " Å; give a background of the same beam, or correct the wavelength");
    }
  }

  private static void requireSamePlace(
      ImageSeries blank, ImageSeries images, Panel theirs, Panel ours) {
    if (!near(theirs.pixelWidth(), ours.pixelWidth())
        || !near(theirs.pixelHeight(), ours.pixelHeight())) {
      throw refused(
          blank,
          images,
          "has pixels of " + theirs.pixelWidth() + " x " + theirs.pixelHeight() + " mm, that of",
          ours.pixelWidth() + " x " + ours.pixelHeight() + " mm");
    }
    double shift = theirs.origin().minus(ours.origin()).norm();
    double most = SHIFT * Math.max(theirs.origin().norm(), ours.origin().norm());
    if (shift > most) {
      throw refused(
          blank,
          images,
          "has panel "
              + theirs.name()
              + " at "
              + theirs.origin()
              + " mm, "
              + rounded(shift)
              + " mm (more than "
              + rounded(most)
              + ") from that of",
          "at " + ours.origin() + " mm");
    }
    double tilt = Math.max(angle(theirs.fast(), ours.fast()), angle(theirs.slow(), ours.slow()));
    if (tilt > TILT) {
      throw refused(
          blank,
          images,
          "has panel "
              + theirs.name()
              + " turned by "
              + rounded(tilt)
              + "° (more than "
              + TILT
              + "°) against that of",
          "");
    }
  }

  private static boolean near(double x, double y) {
    return Math.abs(x - y) <= PIXEL * Math.max(x, y);
  }

  private static String rounded(double x) {
    return String.format(Locale.ROOT, "%.3g", x);
  }

  private static double angle(Vec3 a, Vec3 b) {
    return Math.toDegrees(Math.atan2(a.cross(b).norm(), a.dot(b)));
  }

  private static IllegalArgumentException refused(
      ImageSeries blank, ImageSeries images, String theirs, String ours) {
    return new IllegalArgumentException(
        blank.source().describe(0)
            + ": the background's detector "
            + theirs
            + " "
            + images.source().describe(0)
            + (ours.isEmpty() ? "" : " " + ours)
            + "; give a background from the same detector in the same place");
  }

  /** Sizes of all panels, such as {@code 487 x 619}. */
  private static String shape(List<Panel> panels) {
    return panels.stream()
        .map(p -> p.width() + " x " + p.height())
        .collect(Collectors.joining(", "));
  }

  private static void requireComparable(ImageSeries blank, ImageSeries images) {
    Scan theirs = blank.geometry().scan();
    Scan ours = images.geometry().scan();
    if (theirs.isExposureKnown() != ours.isExposureKnown()) {
      boolean blankKnown = theirs.isExposureKnown();
      throw new IllegalArgumentException(
          (blankKnown ? images : blank).source().describe(0)
              + ": the exposure of this "
              + (blankKnown ? "sweep" : "background")
              + " is unknown, that of the "
              + (blankKnown ? "background" : "sweep")
              + " is "
              + (blankKnown ? theirs : ours).exposure(0)
              + " s: count rates cannot be subtracted from each other; write the exposure time into"
              + " the experiment list");
    }
  }
}
