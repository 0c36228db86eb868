package org.mdx.cli.bragg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.bragg.index.Indexed;
import org.mdx.bragg.index.SweepSpots;
import org.mdx.geometry.Scan;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Experiments and reflections as they are numbered in the files of several sweeps. */
final class IndexOutput {
  private IndexOutput() {}

  /** One row of each lattice and sweep, in the order of the ids. */
  static List<DialsExperiment> experiments(
      Indexed found, List<Integer> group, List<DialsExperiment> input) {
    List<DialsExperiment> rows = new ArrayList<>();
    for (int l = 0; l < found.lattices().size(); l++) {
      for (int s = 0; s < group.size(); s++) {
        DialsExperiment e = input.get(group.get(s));
        rows.add(
            e.ofScan(found.lattices().get(l).geometries().get(s))
                .withIdentifier(e.latticeIdentifier(group.get(s), l)));
      }
    }
    return rows;
  }

  /**
   * Ids that count from the experiments before, and numbers of sweeps as in the input; the
   * stretches of a crystal that slipped count as sweeps.
   *
   * @param stretches such ones that sweeps before have more than one
   */
  static Reflections renumbered(Indexed found, List<Integer> group, int before, int stretches) {
    Reflections r = found.reflections();
    int[] id = r.get(ReflectionKeys.ID);
    int[] set = r.get(ReflectionKeys.IMAGESET_ID);
    for (int i = 0; i < id.length; i++) {
      set[i] = group.get(set[i]) + stretches;
      if (found.slipped()) {
        set[i] += id[i] < 0 ? stretch(found, r.value(ReflectionKeys.XYZOBS_PX, i, 2)) : id[i];
      }
      id[i] = id[i] < 0 ? -1 : id[i] + before;
    }
    return r.with(ReflectionKeys.ID, id)
        .with(ReflectionKeys.IMAGESET_ID, set)
        .withIdentifiers(java.util.Map.of());
  }

  /** The last lattice whose scan has an image: the first one may have those between its own. */
  private static int stretch(Indexed found, double z) {
    for (int l = found.lattices().size() - 1; l > 0; l--) {
      Scan s = found.lattices().get(l).geometries().get(0).scan();
      if (z >= s.firstImage() - 1 && z < s.firstImage() - 1 + s.frames()) {
        return l;
      }
    }
    return 0;
  }

  /** Spots of sweeps that have no lattice. */
  static Reflections unindexed(List<SweepSpots> sweeps, List<Integer> group) {
    List<Reflections> tables = new ArrayList<>();
    for (int s = 0; s < sweeps.size(); s++) {
      Reflections r = sweeps.get(s).spots();
      int[] id = new int[r.size()];
      int[] set = new int[r.size()];
      Arrays.fill(id, -1);
      Arrays.fill(set, group.get(s));
      Reflections all =
          r.with(ReflectionKeys.ID, id)
              .with(ReflectionKeys.IMAGESET_ID, set)
              .with(ReflectionKeys.MILLER_INDEX, new int[3 * r.size()])
              .withIdentifiers(java.util.Map.of());
      if (r.has(ReflectionKeys.FLAGS)) {
        long[] flags = r.get(ReflectionKeys.FLAGS);
        for (int i = 0; i < flags.length; i++) {
          flags[i] &= ~ReflectionFlag.INDEXED.mask();
        }
        all = all.with(ReflectionKeys.FLAGS, flags);
      }
      tables.add(all);
    }
    return Reflections.concatenate(tables);
  }
}
