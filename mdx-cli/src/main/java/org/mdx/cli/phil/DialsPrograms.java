package org.mdx.cli.phil;

import java.util.List;
import java.util.Optional;

/** The programs of DIALS for which there are launchers. */
public final class DialsPrograms {
  private static final List<DialsProgram> ALL =
      List.of(
          ImagePrograms.importing(),
          ImagePrograms.generateMask(),
          ImagePrograms.applyMask(),
          ImagePrograms.findSpots(),
          GeometryPrograms.searchBeam(),
          GeometryPrograms.findAxis(),
          GeometryPrograms.index(),
          GeometryPrograms.bravais(),
          GeometryPrograms.reindex(),
          GeometryPrograms.refine(),
          IntensityPrograms.integrate(),
          IntensityPrograms.checkIndexing(),
          IntensityPrograms.symmetry(),
          IntensityPrograms.cosym(),
          IntensityPrograms.scale(),
          IntensityPrograms.merge(),
          IntensityPrograms.export(),
          IntensityPrograms.report(),
          ListPrograms.split(),
          ListPrograms.combine(),
          ListPrograms.show(),
          ListPrograms.python());

  private DialsPrograms() {}

  /**
   * All of them.
   *
   * @return in the order of their use
   */
  public static List<DialsProgram> all() {
    return ALL;
  }

  /**
   * One of them.
   *
   * @param name without {@code dials.}
   * @return the program; empty if there is none of this name
   */
  public static Optional<DialsProgram> named(String name) {
    return ALL.stream().filter(p -> p.name().equals(name)).findFirst();
  }
}
