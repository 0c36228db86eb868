package org.mdx.bragg.refine;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Geometry;

/** What looks wrong in a refinement. */
final class RefinementWarnings {
  /** px of a floor that no good geometry leaves. */
  private static final double FAR = 2;

  /** Degrees of it along the scan. */
  private static final double FAR_DEGREES = 1;

  /** Part of the reflections that may be outliers. */
  private static final double MANY = 0.3;

  /**
   * mrad of a rotation and mm of a shift beyond which an uncertainty says that nothing is known.
   */
  private static final double ANY_TURN = 100;

  private static final double ANY_PLACE = 20;

  private RefinementWarnings() {}

  static List<String> of(Refined r) {
    List<String> out = new ArrayList<>();
    double width = 0;
    for (Geometry g : r.geometries()) {
      width = Math.max(width, Math.abs(g.scan().width()));
    }
    if (r.floorPixels() > FAR || r.floorFrames() * width > FAR_DEGREES) {
      out.add(
          String.format(
              Locale.ROOT,
              "the spots miss their predictions by %.1f px and %.1f frames: this geometry does not"
                  + " explain them; look at the sense of the rotation axis, the beam centre and the"
                  + " indexing",
              r.floorPixels(),
              r.floorFrames()));
    } else if (r.outliers() > MANY * r.used()) {
      out.add(
          String.format(
              Locale.ROOT,
              "%d of %d reflections are outliers: another lattice may be among them ('mdx index"
                  + " --max-lattices 2')",
              r.outliers(),
              r.used()));
    }
    for (int i = 0; i < r.geometries().size(); i++) {
      Crystal c = r.geometries().get(i).crystal().orElseThrow();
      if (c.a().determinant() < 0) {
        out.add(
            "the axes of crystal "
                + i
                + " are left-handed: 'mdx reindex --op=-x,-y,-z' makes them right-handed");
      }
    }
    out.addAll(ResidualStep.notes(r.geometries(), r.reflections()));
    undetermined(r, out);
    blank(r, out);
    return out;
  }

  /** Parameters that do the same to spots, of which the fit takes any values. */
  private static void undetermined(Refined r, List<String> out) {
    Set<RefineParameter> unknown = EnumSet.noneOf(RefineParameter.class);
    for (RefinedParameter p : r.parameters()) {
      double limit =
          switch (p.unit()) {
            case "mm" -> ANY_PLACE;
            case "mrad" -> ANY_TURN;
            default -> Double.POSITIVE_INFINITY;
          };
      if (!(p.sigma() <= limit)) {
        unknown.add(p.group());
      }
    }
    if (!unknown.isEmpty()) {
      out.add(
          "the reflections do not determine "
              + String.join(", ", unknown.stream().map(RefineParameter::toString).toList())
              + ": some of them do the same to spots; keep one or more as they are ('--fix')");
    }
  }

  private static void blank(Refined r, List<String> out) {
    List<ScanBlock> parts = r.blocks();
    for (int i = 0; i < parts.size(); i++) {
      ScanBlock first = parts.get(i);
      if (first.reflections() > 0) {
        continue;
      }
      int last = i;
      while (last + 1 < parts.size()
          && parts.get(last + 1).sweep() == first.sweep()
          && parts.get(last + 1).reflections() == 0) {
        last++;
      }
      boolean varies =
          !r.geometries().get(first.sweep()).crystal().orElseThrow().scanPoints().isEmpty();
      out.add(
          "sweep "
              + first.sweep()
              + " has no reflections on the images "
              + first.firstImage()
              + " to "
              + parts.get(last).lastImage()
              + (varies ? "; there the crystal goes on as its neighbours tell" : ""));
      i = last;
    }
  }
}
