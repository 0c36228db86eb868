package org.mdx.bragg.refine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mdx.bragg.internal.fit.FitOptions;
import org.mdx.bragg.internal.fit.FitResult;
import org.mdx.bragg.internal.fit.GeometryFit;
import org.mdx.bragg.internal.fit.Sharing;
import org.mdx.bragg.internal.fit.Variation;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Probe;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Refines geometries against the centroids of indexed spots. */
public final class Refiner {
  /** Å below which the Ewald sphere is flat, whatever the file says of the probe. */
  private static final double FLAT = 0.05;

  /** Relative difference of wavelengths that are one. */
  private static final double SAME_WAVELENGTH = 1e-3;

  /** Degrees and part of its distance within which a detector is the same one. */
  private static final double SAME_TURN = 3;

  private static final double SAME_PLACE = 0.1;

  private Refiner() {}

  /**
   * Refines one sweep.
   *
   * @param geometry with a crystal
   * @param indexed as in {@link #refine(List, Reflections, RefineOptions, Parallel)}
   * @param options how
   * @return the refined geometry
   * @throws IllegalArgumentException as there
   */
  public static Refined refine(Geometry geometry, Reflections indexed, RefineOptions options) {
    return refine(List.of(geometry), indexed, options);
  }

  /**
   * Refines the geometries of several sweeps, lattices or both together with all processors.
   *
   * @param geometries as in {@link #refine(List, Reflections, RefineOptions, Parallel)}
   * @param indexed as there
   * @param options how
   * @return the refined geometries
   * @throws IllegalArgumentException as there
   */
  public static Refined refine(
      List<Geometry> geometries, Reflections indexed, RefineOptions options) {
    return refine(geometries, indexed, options, Parallel.available());
  }

  /**
   * Refines the geometries of several sweeps, lattices or both together. The result is the same for
   * any number of threads.
   *
   * @param geometries each with a crystal; models that are equal are one model, unless the options
   *     say more. A crystal with scan points starts as its static one
   * @param indexed reflections with the columns {@code miller_index}, {@code xyzobs.px.value} and
   *     {@code xyzobs.px.variance}; {@code id} (the number of the geometry, or −1 where there is no
   *     index), {@code panel}, {@code flags} and {@code bbox} if there are such
   * @param options how
   * @param parallel threads
   * @return the refined geometries
   * @throws IllegalArgumentException if a column is missing, an id or panel does not exist, a
   *     geometry has no crystal or does not turn, probes differ, or there are too few reflections
   */
  public static Refined refine(
      List<Geometry> geometries, Reflections indexed, RefineOptions options, Parallel parallel) {
    Probe probe = probe(geometries);
    FitOptions how = options.fit(probe, indexed.get(ReflectionKeys.XYZOBS_PX_VARIANCE));
    Sharing sharing = sharing(geometries, options);
    double[] shifts = how.robust() ? shifts(geometries, indexed, sharing, how, parallel) : null;
    if (shifts == null) {
      FitResult fit = GeometryFit.refine(geometries, indexed, sharing, how, parallel);
      return new Refined(fit, observed(fit.geometries(), fit.reflections()), how, 0);
    }
    double[] px = indexed.get(ReflectionKeys.XYZOBS_PX);
    double squares = 0;
    for (int i = 0; i < shifts.length; i++) {
      px[3 * i + 2] -= shifts[i];
      squares += shifts[i] * shifts[i];
    }
    FitResult fit =
        GeometryFit.refine(
            geometries, indexed.with(ReflectionKeys.XYZOBS_PX, px), sharing, how, parallel);
    double moved = Math.sqrt(squares / Math.max(1, fit.used()));
    return new Refined(fit, observed(fit.geometries(), fit.reflections()), how, moved);
  }

  /** What a scale that changes along the scan does to centroids, frames; null if nothing. */
  private static double[] shifts(
      List<Geometry> geometries,
      Reflections indexed,
      Sharing sharing,
      FitOptions how,
      Parallel parallel) {
    if (!ScaleShift.isPossible(indexed)) {
      return null;
    }
    FitResult still =
        GeometryFit.refine(geometries, indexed, sharing, how.variation(Variation.NONE), parallel);
    return ScaleShift.of(still.geometries(), still.reflections(), still.floorFrames());
  }

  private static Probe probe(List<Geometry> geometries) {
    if (geometries.isEmpty()) {
      throw new IllegalArgumentException("no geometry to refine");
    }
    Probe first = geometries.get(0).beam().probe();
    for (Geometry g : geometries) {
      if (g.beam().probe() != first) {
        throw new IllegalArgumentException(
            "sweeps of " + first + " and " + g.beam().probe() + "; refine them apart");
      }
      if (g.crystal().isEmpty()) {
        throw new IllegalArgumentException(
            "geometry "
                + geometries.indexOf(g)
                + " has no crystal: index the sweep before refining it");
      }
    }
    return geometries.get(0).beam().wavelength() < FLAT ? Probe.ELECTRON : first;
  }

  private static Sharing sharing(List<Geometry> all, RefineOptions options) {
    boolean one = options.isOneInstrument();
    if (one) {
      requireOne(all);
    }
    return new Sharing(
        models(all, g -> one ? "" : g.detector()),
        models(all, g -> one ? "" : g.beam()),
        models(all, g -> List.of(g.crystal().orElseThrow().a(), group(g))),
        models(all, Geometry::goniometer));
  }

  /** Sweeps of different detectors or wavelengths cannot have one instrument. */
  private static void requireOne(List<Geometry> all) {
    Geometry first = all.get(0);
    for (int i = 1; i < all.size(); i++) {
      Geometry g = all.get(i);
      if (!pixels(g).equals(pixels(first))) {
        throw new IllegalArgumentException(
            "sweep "
                + i
                + " has a detector of "
                + pixels(g)
                + ", the first one of "
                + pixels(first)
                + ": they are not one instrument");
      }
      double change = g.beam().wavelength() / first.beam().wavelength() - 1;
      if (Math.abs(change) > SAME_WAVELENGTH) {
        throw new IllegalArgumentException(
            "sweep "
                + i
                + " has a wavelength of "
                + g.beam().wavelength()
                + " Å, the first one "
                + first.beam().wavelength()
                + " Å: they are not one instrument");
      }
      requireOnePlace(first.detector().panels(), g.detector().panels(), i);
    }
  }

  /** A detector on an arm that was moved, or at another distance, is no longer the same one. */
  private static void requireOnePlace(List<Panel> first, List<Panel> other, int sweep) {
    for (int k = 0; k < first.size(); k++) {
      Vec3 place = centre(first.get(k));
      double moved = centre(other.get(k)).minus(place).norm();
      double cosine = first.get(k).normal().dot(other.get(k).normal());
      double turned = Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, cosine))));
      if (moved > SAME_PLACE * place.norm() || turned > SAME_TURN) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the detector of sweep %d stands %.1f mm and %.1f° from that of the first one: they"
                    + " are not one instrument; without this option sweeps share what their lists"
                    + " share",
                sweep,
                moved,
                turned));
      }
    }
  }

  private static Vec3 centre(Panel p) {
    return p.origin()
        .plus(p.fast().times(p.width() * p.pixelWidth() / 2))
        .plus(p.slow().times(p.height() * p.pixelHeight() / 2));
  }

  private static String pixels(Geometry g) {
    return g.detector().panels().stream()
        .map(p -> p.width() + " x " + p.height() + " pixels of " + p.pixelWidth() + " mm")
        .distinct()
        .collect(Collectors.joining(" and ", g.detector().panels().size() + " panels with ", ""));
  }

  private static String group(Geometry g) {
    return g.crystal().orElseThrow().spaceGroup().hall();
  }

  private static int[] models(List<Geometry> all, Function<Geometry, Object> model) {
    List<Object> seen = new ArrayList<>();
    int[] out = new int[all.size()];
    for (int i = 0; i < out.length; i++) {
      Object m = model.apply(all.get(i));
      if (!seen.contains(m)) {
        seen.add(m);
      }
      out[i] = seen.indexOf(m);
    }
    return out;
  }

  /** Observed places in mm, rad and Å⁻¹ by the geometries as they are now, where there are such. */
  private static Reflections observed(List<Geometry> geometries, Reflections r) {
    int[] id = r.has(ReflectionKeys.ID) ? r.get(ReflectionKeys.ID) : new int[r.size()];
    ObservedPlaces places = new ObservedPlaces(geometries, r, id);
    Reflections out = r;
    if (r.has(ReflectionKeys.XYZOBS_MM)) {
      out = out.with(ReflectionKeys.XYZOBS_MM, places.millimetres());
    }
    if (r.has(ReflectionKeys.RLP)) {
      out = out.with(ReflectionKeys.RLP, places.points());
    }
    return out;
  }
}
