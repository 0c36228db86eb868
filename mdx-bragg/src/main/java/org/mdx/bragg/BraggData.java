package org.mdx.bragg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.mdx.bragg.internal.intensity.SweepRows;
import org.mdx.bragg.merge.MergeOptions;
import org.mdx.bragg.merge.Merged;
import org.mdx.bragg.merge.Merger;
import org.mdx.bragg.scale.ScaleOptions;
import org.mdx.bragg.scale.Scaled;
import org.mdx.bragg.scale.Scaler;
import org.mdx.bragg.symmetry.Cosym;
import org.mdx.bragg.symmetry.CosymOptions;
import org.mdx.bragg.symmetry.FoundCosym;
import org.mdx.bragg.symmetry.FoundSymmetry;
import org.mdx.bragg.symmetry.SymmetryFinder;
import org.mdx.bragg.symmetry.SymmetryOptions;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * Integrated intensities of one or several sweeps on the way to merged ones. Immutable: each step
 * gives a new value.
 *
 * <pre>{@code
 * Merged merged = BraggData.of(geometries, reflections)
 *     .symmetry()
 *     .scale(o -> o.dMin(1.4))
 *     .merge();
 * }</pre>
 */
public final class BraggData {
  private final List<Geometry> geometries;
  private final Reflections reflections;
  private final FoundSymmetry symmetry;
  private final FoundCosym cosym;
  private final Scaled scaled;

  private BraggData(
      List<Geometry> geometries,
      Reflections reflections,
      FoundSymmetry symmetry,
      FoundCosym cosym,
      Scaled scaled) {
    this.geometries = List.copyOf(geometries);
    this.reflections = reflections;
    this.symmetry = symmetry;
    this.cosym = cosym;
    this.scaled = scaled;
  }

  /**
   * Integrated sweeps.
   *
   * @param geometries one for each id of the reflections, with crystals
   * @param reflections of all of them
   * @return the first stage
   * @throws IllegalArgumentException if there is no geometry
   */
  public static BraggData of(List<Geometry> geometries, Reflections reflections) {
    if (geometries.isEmpty()) {
      throw new IllegalArgumentException("no sweep to work on");
    }
    return new BraggData(geometries, reflections, null, null, null);
  }

  /**
   * Several of them as one; ids count through.
   *
   * @param parts one or more
   * @return the sweeps of all, as integrated
   * @throws IllegalArgumentException if there is none
   */
  public static BraggData combine(BraggData... parts) {
    List<Geometry> geometries = new ArrayList<>();
    List<Reflections> tables = new ArrayList<>();
    List<Integer> sweeps = new ArrayList<>();
    for (BraggData part : parts) {
      geometries.addAll(part.geometries);
      tables.add(part.reflections);
      sweeps.add(part.geometries.size());
    }
    if (tables.isEmpty()) {
      throw new IllegalArgumentException("no sweep to work on");
    }
    return of(geometries, SweepRows.combine(tables, sweeps));
  }

  /**
   * Finds the symmetry; several sweeps are brought into the same axes first.
   *
   * @return the next stage
   * @throws IllegalArgumentException as {@link #symmetry(UnaryOperator)}
   */
  public BraggData symmetry() {
    return symmetry(UnaryOperator.identity());
  }

  /**
   * Finds the symmetry; several sweeps are brought into the same axes first, and those whose cells
   * are different are left out.
   *
   * @param options changes to the defaults
   * @return the next stage
   * @throws IllegalArgumentException if a column or a crystal is missing
   * @throws org.mdx.table.EmptyResultException if no intensity can be used, or all are noise
   */
  public BraggData symmetry(UnaryOperator<SymmetryOptions> options) {
    SymmetryOptions chosen = options.apply(SymmetryOptions.defaults());
    if (geometries.size() == 1) {
      FoundSymmetry found = SymmetryFinder.find(geometries, reflections, chosen);
      return new BraggData(found.geometries(), found.reflections(), found, null, null);
    }
    FoundCosym found =
        Cosym.find(geometries, reflections, CosymOptions.defaults().symmetry(chosen));
    FoundSymmetry s = found.symmetry();
    return new BraggData(s.geometries(), s.reflections(), s, found, null);
  }

  /**
   * Scales with the options of {@link ScaleOptions#defaults}.
   *
   * @return the next stage
   * @throws IllegalArgumentException as {@link #scale(UnaryOperator)}
   */
  public BraggData scale() {
    return scale(UnaryOperator.identity());
  }

  /**
   * Scales in the space group that the crystals have.
   *
   * @param options changes to the defaults
   * @return the next stage
   * @throws IllegalArgumentException if a column is missing, space groups differ, or no reflection
   *     was measured twice
   * @throws org.mdx.table.EmptyResultException if no intensity can be used, or all are noise
   */
  public BraggData scale(UnaryOperator<ScaleOptions> options) {
    Scaled found = Scaler.scale(geometries, reflections, options.apply(ScaleOptions.defaults()));
    return new BraggData(geometries, found.reflections(), symmetry, cosym, found);
  }

  /**
   * Merges with the options of {@link MergeOptions#defaults}.
   *
   * @return unique reflections and statistics
   * @throws IllegalArgumentException as {@link #merge(UnaryOperator)}
   */
  public Merged merge() {
    return merge(UnaryOperator.identity());
  }

  /**
   * Merges scaled intensities; scales first if that was left out.
   *
   * @param options changes to the defaults
   * @return unique reflections and statistics
   * @throws IllegalArgumentException as {@link #scale(UnaryOperator)}
   */
  public Merged merge(UnaryOperator<MergeOptions> options) {
    boolean ready = scaled != null || reflections.has(ReflectionKeys.INTENSITY_SCALE);
    BraggData from = ready ? this : scale();
    return Merger.merge(from.geometries, from.reflections, options.apply(MergeOptions.defaults()));
  }

  /**
   * The geometries, by now.
   *
   * @return one for each id
   */
  public List<Geometry> geometries() {
    return geometries;
  }

  /**
   * The reflections, by now.
   *
   * @return of all sweeps
   */
  public Reflections reflections() {
    return reflections;
  }

  /**
   * The symmetry that was found.
   *
   * @return empty before {@link #symmetry()}
   */
  public Optional<FoundSymmetry> foundSymmetry() {
    return Optional.ofNullable(symmetry);
  }

  /**
   * How several sweeps were brought into agreement.
   *
   * @return empty before {@link #symmetry()}, and of one sweep
   */
  public Optional<FoundCosym> foundCosym() {
    return Optional.ofNullable(cosym);
  }

  /**
   * The scales.
   *
   * @return empty before {@link #scale()}
   */
  public Optional<Scaled> scaled() {
    return Optional.ofNullable(scaled);
  }

  /** What is known by now. */
  @Override
  public String toString() {
    return "BraggData["
        + geometries.size()
        + (geometries.size() == 1 ? " sweep, " : " sweeps, ")
        + reflections.size()
        + " reflections"
        + (symmetry == null ? "" : "; " + symmetry)
        + (scaled == null ? "" : "; " + scaled)
        + "]";
  }
}
