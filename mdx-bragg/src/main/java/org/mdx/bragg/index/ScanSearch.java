package org.mdx.bragg.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.mdx.bragg.internal.lattice.KnownCell;
import org.mdx.bragg.internal.lattice.LatticeModel;
import org.mdx.bragg.internal.lattice.Points;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Goniometer;
import org.mdx.geometry.Scan;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;

/**
 * Whether the crystal turned otherwise than the header says: the other way, or by twice or half as
 * much for each image. Where no lattice explains the spots, one of these may, and the failure tells
 * it.
 */
final class ScanSearch {
  private static final double[] WIDTHS = {2, 0.5};

  /** Degrees of an image, of which twice as much is still a scan. */
  private static final double WIDEST = 10;

  private final Points points;
  private final IndexOptions options;
  private final KnownCell known;
  private final Parallel parallel;

  ScanSearch(Points points, IndexOptions options, KnownCell known, Parallel parallel) {
    this.points = points;
    this.options = options;
    this.known = known;
    this.parallel = parallel;
  }

  /**
   * What to change in the scan; an empty text if no other scan has a good lattice, or none was
   * wanted.
   */
  String advice() {
    if (options.beamSearch() != IndexOptions.BeamSearch.WHEN_POOR
        || points.geometries.stream().anyMatch(g -> !turns(g))) {
      return "";
    }
    Geometry g = points.geometries.get(0);
    Vec3 back = g.goniometer().laboratoryAxis().times(-1);
    LatticeModel reversed = good(points.with(all(ScanSearch::turningBack)));
    if (reversed != null) {
      return String.format(
          Locale.ROOT,
          "turn the scan the other way, with which %s: import with --axis=%s,%s,%s",
          explains(reversed),
          number(back.x()),
          number(back.y()),
          number(back.z()));
    }
    for (double factor : WIDTHS) {
      LatticeModel m = good(points.with(all(s -> widened(s, factor))));
      if (m != null) {
        Scan scan = widened(g, factor).scan();
        return String.format(
            Locale.ROOT,
            "take images of %s° in place of %s°, with which %s: import with --oscillation=%s,%s",
            number(scan.width()),
            number(g.scan().width()),
            explains(m),
            number(scan.start()),
            number(scan.width()));
      }
    }
    return "";
  }

  private static boolean turns(Geometry g) {
    return g.scan().width() != 0 && Math.abs(g.scan().width()) <= WIDEST;
  }

  private List<Geometry> all(UnaryOperator<Geometry> change) {
    return points.geometries.stream().map(change).toList();
  }

  private static Geometry turningBack(Geometry g) {
    Goniometer was = g.goniometer();
    Goniometer other =
        new Goniometer(was.axis().times(-1), was.fixedRotation(), was.settingRotation());
    return new Geometry(g.beam(), g.detector(), other, g.scan(), null);
  }

  private static Geometry widened(Geometry g, double factor) {
    Scan s = g.scan();
    Scan other =
        Scan.ofUnknownExposure(s.firstImage(), s.start() * factor, s.width() * factor, s.frames());
    return new Geometry(g.beam(), g.detector(), g.goniometer(), other, null);
  }

  /** A lattice that leaves no doubt, or null. */
  private LatticeModel good(Points p) {
    LatticeModel m = new LatticeSearch(options, known, parallel, new ArrayList<>()).find(p);
    return m != null && !LatticeSearch.poor(m) && Indexer.convincing(m) ? m : null;
  }

  private static String explains(LatticeModel m) {
    return m.indexed() + " of " + m.points().size() + " spots lie near points of a lattice";
  }

  private static String number(double x) {
    return String.valueOf(Math.rint(x * 1e6) / 1e6 + 0.0).replaceAll("\\.0$", "");
  }
}
