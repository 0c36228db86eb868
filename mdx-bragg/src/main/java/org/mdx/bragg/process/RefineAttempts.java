package org.mdx.bragg.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mdx.bragg.refine.RefineOptions;
import org.mdx.bragg.refine.RefineParameter;
import org.mdx.bragg.refine.Refined;
import org.mdx.bragg.refine.Refiner;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Scan;
import org.mdx.reflection.Reflections;

/** Ways to refine, from all that may vary to less, until one of them converges. */
final class RefineAttempts {
  private final CrystalOptions options;

  RefineAttempts(CrystalOptions options) {
    this.options = options;
  }

  /**
   * A geometry.
   *
   * @param geometries lattice by lattice
   * @param reflections with predictions
   * @param refined false if no way did and these are those of indexing
   */
  record Answer(List<Geometry> geometries, Reflections reflections, boolean refined) {}

  private record Attempt(String way, RefineOptions options) {}

  Answer refine(List<Geometry> geometries, Reflections reflections, List<String> notes) {
    RefineOptions given = options.refinement();
    double range = geometries.stream().mapToDouble(g -> range(g.scan())).max().orElseThrow();
    if (range < options.wedge()) {
      given = given.fixDistance(true);
      notes.add(
          String.format(
              Locale.ROOT, "refine: the distance is kept, the scan has but %.4g°", range));
    }
    List<Attempt> attempts = new ArrayList<>(List.of(new Attempt("as asked", given)));
    if (options.fallbacks()) {
      RefineOptions constant = given.scanVarying(false);
      attempts.add(new Attempt("with a crystal that does not change", constant));
      attempts.add(
          new Attempt(
              "with the distance and the tilts of the detector kept",
              constant.fix(RefineParameter.DISTANCE, RefineParameter.TILTS)));
    }
    String reason = null;
    Refined loose = null;
    for (Attempt a : attempts) {
      try {
        Refined found = Refiner.refine(geometries, reflections, a.options());
        if (found.isConverged()) {
          if (reason != null) {
            notes.add("refine: failed at first (" + reason + "); done " + a.way());
          }
          return answer(found, notes);
        }
        loose = loose == null ? found : loose;
        reason = reason == null ? "not converged" : reason;
      } catch (IllegalArgumentException e) {
        reason = reason == null ? e.getMessage() : reason;
      }
    }
    if (loose != null) {
      notes.add("refine: not converged");
      return answer(loose, notes);
    }
    if (!options.fallbacks()) {
      throw new IllegalArgumentException(reason);
    }
    notes.add("refine: not refined (" + reason + "); the geometry is that of indexing");
    return new Answer(geometries, reflections, false);
  }

  private static Answer answer(Refined found, List<String> notes) {
    found.warnings().forEach(w -> notes.add("refine: " + w));
    return new Answer(found.geometries(), found.reflections(), true);
  }

  private static double range(Scan scan) {
    return Math.abs(scan.width()) * scan.frames();
  }
}
