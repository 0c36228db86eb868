package org.mdx.cli.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.MetricSymmetry;
import org.mdx.crystal.SpaceGroup;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.io.input.SweepFiles;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * Other axes for the files of DIALS: crystals of experiment lists, indices of reflection tables.
 *
 * @param change which axes
 * @param group space group in the new axes, or null to keep the one there is
 * @param tolerance how far the lattice may be from a symmetry, degrees
 */
record ListReindexer(ChangeOfBasis change, SpaceGroup group, double tolerance) {

  /** Writes a file with other axes; it is either a list or a table. */
  void write(Path from, Path to) throws IOException {
    if (ReflectionFile.recognizes(from)) {
      ReflectionFile.write(to, reflections(from));
    } else {
      Dials.write(to, experiments(from));
    }
  }

  /** Whether the crystals of these lists, of which there is one, are all left-handed. */
  static boolean areLeftHanded(List<Path> lists) throws IOException {
    boolean left = !lists.isEmpty();
    for (Path list : lists) {
      for (DialsExperiment e : Dials.experiments(list)) {
        left &= e.geometry().crystal().map(c -> c.a().determinant() < 0).orElse(true);
      }
    }
    return left;
  }

  /** The rows of an experiment list with their crystals in other axes. */
  List<DialsExperiment> experiments(Path file) throws IOException {
    SweepFiles.crystal(file); // says so if there is none
    List<DialsExperiment> out = new ArrayList<>();
    for (DialsExperiment e : Dials.experiments(file)) {
      Crystal c = e.geometry().crystal().orElse(null);
      if (c != null && group == null) {
        requireSymmetry(c);
      }
      Crystal turned =
          c == null ? null : c.reindexed(change, group == null ? c.spaceGroup() : group);
      out.add(
          new DialsExperiment(
              e.identifier(),
              e.geometry().withCrystal(turned),
              e.template(),
              e.mask(),
              e.fileIndices()));
    }
    return out;
  }

  /** The space group stays, so the new axes must be ones that it can have. */
  void requireSymmetry(Crystal c) {
    Crystal turned = c.reindexed(change, c.spaceGroup());
    MetricSymmetry.of(turned.cell(), c.spaceGroup(), tolerance).cosets(c.spaceGroup().laueGroup());
  }

  private Reflections reflections(Path file) throws IOException {
    Reflections all = ReflectionFile.readReflections(file);
    if (!all.has(ReflectionKeys.MILLER_INDEX)) {
      throw new IllegalArgumentException(file + ": no reflection has an index; run mdx index");
    }
    int[] h = all.get(ReflectionKeys.MILLER_INDEX);
    ChangeOfBasis back = change.inverse();
    int[] turned = new int[h.length];
    for (int i = 0; i < h.length; i += 3) {
      for (int j = 0; j < 3; j++) {
        double sum = 0;
        for (int k = 0; k < 3; k++) {
          sum += h[i + k] * back.element(k, j);
        }
        turned[i + j] = (int) Math.rint(sum);
        if (Math.abs(sum - turned[i + j]) > 1e-6) {
          throw new IllegalArgumentException(
              String.format(
                  "%s: reflection %d, %d %d %d, has no integral indices in the axes %s; the cell they"
                      + " span is too small for it",
                  file, i / 3, h[i], h[i + 1], h[i + 2], change));
        }
      }
    }
    return all.with(ReflectionKeys.MILLER_INDEX, turned);
  }
}
