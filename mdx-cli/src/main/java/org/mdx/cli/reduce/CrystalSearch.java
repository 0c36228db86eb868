package org.mdx.cli.reduce;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mdx.bragg.BraggCrystals;
import org.mdx.bragg.BraggSweep;
import org.mdx.bragg.LaueChoice;
import org.mdx.bragg.index.IndexOptions;
import org.mdx.bragg.index.Indexed;
import org.mdx.bragg.refine.Refined;
import org.mdx.bragg.refine.ScanBlock;
import org.mdx.bragg.spots.SpotOptions;
import org.mdx.bragg.spots.Spots;
import org.mdx.cli.terminal.StepTimes;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Scan;

/** Finds the crystals of sweeps of images, stage by stage, and tells what came out. */
final class CrystalSearch {
  private final PrintWriter out;
  private final StepTimes stopwatch;
  private List<String> names;
  private final List<String> told = new ArrayList<>();

  /**
   * A search.
   *
   * @param out where to print
   * @param stopwatch of the stages
   * @param names of the sweeps
   */
  CrystalSearch(PrintWriter out, StepTimes stopwatch, List<String> names) {
    this.out = out;
    this.stopwatch = stopwatch;
    this.names = names;
  }

  /**
   * From images to refined crystals.
   *
   * @throws org.mdx.bragg.CrystalFailure if a sweep does not get through
   */
  BraggCrystals run(BraggCrystals crystals, SpotOptions spots, IndexOptions indexing)
      throws IOException {
    BraggCrystals found = stopwatch.time("find spots", () -> crystals.findSpots(o -> spots));
    each(found, (i, s, at) -> spots(i, s.spots().get(at)));
    BraggCrystals indexed = stopwatch.time("index", () -> found.index(o -> indexing));
    names = names(names, indexed);
    each(indexed, (i, s, at) -> indexed(i, at, s.indexed().orElseThrow()));
    indexed.symmetry().ifPresent(this::symmetry);
    BraggCrystals refined = stopwatch.time("refine", indexed::refine);
    each(refined, (i, s, at) -> refined(i, at, s));
    return refined;
  }

  /** Tells what should be known of how the images of each sweep were read. */
  void imported(List<List<String>> notes) {
    for (int i = 0; i < notes.size(); i++) {
      for (String n : notes.get(i)) {
        say("%s: note: %s", title(i), n);
      }
    }
  }

  /** Names of the sweeps, those of a crystal that slipped with their images. */
  static List<String> names(List<String> given, BraggCrystals crystals) {
    List<Integer> origins = crystals.origins();
    List<String> all = new ArrayList<>();
    for (int i = 0; i < origins.size(); i++) {
      int of = origins.get(i);
      Scan scan = crystals.images().get(i).geometry().scan();
      boolean part = origins.indexOf(of) != origins.lastIndexOf(of);
      int last = scan.firstImage() + scan.frames() - 1;
      all.add(given.get(of) + (part ? " images " + scan.firstImage() + " to " + last : ""));
    }
    return all;
  }

  /** Names of the sweeps, as they are by now. */
  List<String> names() {
    return names;
  }

  /** What was told, for the summary. */
  List<String> told() {
    return told;
  }

  /** Tells something of a sweep, here and in the summary. */
  void tell(int number, String what) {
    say("%s: %s", title(number), what);
  }

  /** Something to tell of a sweep. */
  @FunctionalInterface
  private interface Telling {
    void tell(int number, BraggSweep sweep, int at);
  }

  private void each(BraggCrystals crystals, Telling telling) {
    int n = crystals.images().size();
    int at = 0;
    BraggSweep before = null;
    for (int i = 0; i < n; i++) {
      BraggSweep s = crystals.sweep(i).orElse(null);
      at = s != null && s == before ? at + 1 : 0;
      before = s;
      if (s != null) {
        telling.tell(i, s, at);
      }
    }
  }

  private void say(String format, Object... values) {
    String line = String.format(Locale.ROOT, format, values);
    told.add(line);
    out.println(line);
    out.flush();
  }

  private String title(int number) {
    return ReductionLog.name(number) + " (" + names.get(number) + ")";
  }

  private void spots(int number, Spots found) {
    long blank = found.frames().stream().filter(f -> f.blank()).count();
    say(
        "%s: %,d spots on %,d images%s",
        title(number),
        found.reflections().size(),
        found.frames().size(),
        blank == 0 ? "" : ", " + blank + " of them blank");
    found.notes().forEach(n -> say("  note: %s", n));
  }

  private void indexed(int number, int at, Indexed found) {
    if (at > 0) {
      return;
    }
    UnitCell c = found.lattices().get(0).crystal().cell();
    say(
        "%s: %,d of %,d spots indexed (%.1f %%), cell %s",
        title(number),
        found.indexed(),
        found.spots(),
        100.0 * found.indexed() / Math.max(1, found.spots()),
        c);
    found.notes().forEach(n -> say("  note: %s", n));
  }

  private void symmetry(LaueChoice choice) {
    say("symmetry: %s", choice);
    List<String> table = choice.table();
    int most = 5;
    table.subList(0, Math.min(most, table.size())).forEach(l -> say("  %s", l));
    if (table.size() > most) {
      say("  and %d that are less likely; --space-group gives another", table.size() - most);
    }
  }

  private void refined(int number, int at, BraggSweep sweep) {
    Refined r = sweep.refined().orElseThrow();
    ScanBlock b = r.sweeps().get(at);
    Panel panel = r.geometries().get(at).detector().panels().get(0);
    say(
        "%s: %s, distance %.3f mm, rmsd %.3f %.3f px %.3f frames of %,d spots%s",
        title(number),
        cell(r, at),
        Math.abs(panel.origin().dot(panel.normal())),
        b.rmsdX(),
        b.rmsdY(),
        b.rmsdFrames(),
        b.reflections(),
        r.isConverged() ? "" : "; not converged");
  }

  /** Edges and angles with the uncertainty of their last digits, such as 29.9997(4). */
  private static String cell(Refined r, int at) {
    UnitCell c = r.geometries().get(at).crystal().orElseThrow().cell();
    double[] values = {c.a(), c.b(), c.c(), c.alpha(), c.beta(), c.gamma()};
    double[] sigmas = r.cellSigmas(at);
    StringBuilder text = new StringBuilder("cell");
    for (int i = 0; i < values.length; i++) {
      int digits = i < 3 ? 4 : 3;
      text.append(String.format(Locale.ROOT, " %." + digits + "f", values[i]));
      if (sigmas[i] > 0) {
        long last = Math.max(1, Math.round(sigmas[i] * Math.pow(10, digits)));
        text.append('(').append(last).append(')');
      }
    }
    return text.append(" Å °").toString();
  }
}
