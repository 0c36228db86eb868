package org.mdx.cli.intensity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.mdx.bragg.merge.Merged;
import org.mdx.bragg.scale.Scaled;
import org.mdx.geometry.Geometry;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.ExperimentList;
import org.mdx.io.mtz.UnmergedIntensities;
import org.mdx.io.mtz.UnmergedMtz;
import org.mdx.reflection.Reflections;

/** The files of symmetry, scaling and merging, as the single commands name and write them. */
public final class IntensityFiles {
  private IntensityFiles() {}

  /**
   * Writes {@code symmetrized.expt} and {@code symmetrized.refl}.
   *
   * @param folder for the files
   * @param experiments integrated rows
   * @param geometries in the axes of the space group, one for each row
   * @param reflections in these axes
   */
  public static void symmetrized(
      Path folder, ExperimentList experiments, List<Geometry> geometries, Reflections reflections)
      throws IOException {
    ResultFiles.write(
        Dials.withCrystals(experiments, ResultFiles.crystals(geometries)),
        folder.resolve("symmetrized.expt"),
        reflections,
        folder.resolve("symmetrized.refl"),
        null);
  }

  /**
   * Writes {@code scaled.expt} and {@code scaled.refl}.
   *
   * @param folder for the files
   * @param experiments integrated rows
   * @param geometries in the axes of the space group, one for each row
   * @param scaled the scales
   */
  public static void scaled(
      Path folder, ExperimentList experiments, List<Geometry> geometries, Scaled scaled)
      throws IOException {
    ExperimentList symmetrized = Dials.withCrystals(experiments, ResultFiles.crystals(geometries));
    ResultFiles.write(
        Dials.withScaling(symmetrized, BraggScaleCommand.models(geometries, scaled)),
        folder.resolve("scaled.expt"),
        scaled.reflections(),
        folder.resolve("scaled.refl"),
        null);
  }

  /**
   * Writes {@code merged.mtz}, and {@code scaled.mtz} with the scaled intensities as they are.
   *
   * @param folder for the files
   * @param geometries one for each id
   * @param scaled reflections with scales
   * @param merged unique reflections
   */
  public static void merged(
      Path folder, List<Geometry> geometries, Reflections scaled, Merged merged)
      throws IOException {
    BraggMergeCommand.mtz(merged).write(folder.resolve("merged.mtz"));
    UnmergedMtz.write(folder.resolve("scaled.mtz"), UnmergedIntensities.of(geometries, scaled));
  }

  /**
   * Writes {@code report.json} and {@code report.html} beside {@code scaled.expt}.
   *
   * @param folder for the files
   * @param geometries one for each id
   * @param scaled reflections with scales
   * @param merged unique reflections
   */
  public static void report(
      Path folder, List<Geometry> geometries, Reflections scaled, Merged merged)
      throws IOException {
    BraggReportCommand.write(
        folder.resolve("report.json"),
        folder.resolve("report.html"),
        ScaledSweeps.read(List.of(folder.resolve("scaled.expt")), geometries),
        scaled,
        merged);
  }

  /**
   * Statistics as JSON.
   *
   * @param merged unique reflections
   */
  public static Map<String, Object> numbers(Merged merged) {
    return BraggMergeCommand.numbers(merged);
  }
}
