package org.mdx.bragg.refine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.mdx.bragg.internal.fit.FitOptions;
import org.mdx.bragg.internal.fit.FitResult;
import org.mdx.bragg.internal.fit.GeometryFit;
import org.mdx.bragg.internal.fit.Sharing;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Probe;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Refines geometries against the centroids of indexed spots. */
public final class Refiner {
  /** Å below which the Ewald sphere is flat, whatever the file says of the probe. */
  private static final double FLAT = 0.05;

  private Refiner() {}

  /**
   * Refines one sweep.
   *
   * @param geometry with a crystal
   * @param indexed as in {@link #refine(List, Reflections, RefineOptions)}
   * @param options how
   * @return the refined geometry
   * @throws IllegalArgumentException as there
   */
  public static Refined refine(Geometry geometry, Reflections indexed, RefineOptions options) {
    return refine(List.of(geometry), indexed, options);
  }

  /**
   * Refines the geometries of several sweeps, lattices or both together.
   *
   * @param geometries each with a crystal; models that are equal are one model, unless the options
   *     say more. A crystal with scan points starts as its static one
   * @param indexed reflections with the columns {@code miller_index}, {@code xyzobs.px.value} and
   *     {@code xyzobs.px.variance}; {@code id} (the number of the geometry, or −1 where there is no
   *     index), {@code panel}, {@code flags} and {@code bbox} if there are such
   * @param options how
   * @return the refined geometries
   * @throws IllegalArgumentException if a column is missing, an id or panel does not exist, a
   *     geometry has no crystal or does not turn, probes differ, or there are too few reflections
   */
  public static Refined refine(
      List<Geometry> geometries, Reflections indexed, RefineOptions options) {
    Probe probe = probe(geometries);
    FitOptions how = options.fit(probe, indexed.get(ReflectionKeys.XYZOBS_PX_VARIANCE));
    FitResult fit = GeometryFit.refine(geometries, indexed, sharing(geometries, options), how);
    return new Refined(fit, observed(fit.geometries(), fit.reflections()), how.varianceOffset());
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
    return new Sharing(
        models(all, g -> one ? "" : g.detector()),
        models(all, g -> one ? "" : g.beam()),
        models(all, g -> List.of(g.crystal().orElseThrow().a(), group(g))),
        models(all, Geometry::goniometer));
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
