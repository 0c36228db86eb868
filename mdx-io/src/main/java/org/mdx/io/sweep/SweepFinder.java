package org.mdx.io.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mdx.geometry.Probe;
import org.mdx.io.DecimalText;
import org.mdx.io.image.ImageFiles;
import org.mdx.io.image.ImageHeader;

/**
 * Puts files together: those whose names differ by a number make a series, and a series is cut
 * where a number is missing, the headers change, or the angle jumps.
 */
final class SweepFinder {
  /** Of the name without what follows the last dot; the last run of digits counts. */
  private static final Pattern NUMBER = Pattern.compile("^(.*?)(\\d{1,9})(\\D*)$");

  private static final Pattern ENDING =
      Pattern.compile("((?:\\.[^.]*)?(?:\\.(?:gz|bz2))?)$", Pattern.CASE_INSENSITIVE);

  /** Fraction of the rotation per image by which angles may be off, as DIALS has it. */
  private static final double ANGLE_TOLERANCE = 0.03;

  /** Headers have four decimals. */
  private static final double ANGLE_DIGITS = 2e-4;

  private SweepFinder() {}

  /**
   * The sweeps, in the order of their first files.
   *
   * @param ignoreAngles whether angles are told by someone else than the headers
   */
  static List<FoundSweep> find(List<FileHeader> files, boolean ignoreAngles) throws IOException {
    Map<List<Object>, List<Numbered>> series = new LinkedHashMap<>();
    for (FileHeader f : files) {
      Numbered n = Numbered.of(f);
      series.computeIfAbsent(n.key(), k -> new ArrayList<>()).add(n);
    }
    List<FoundSweep> sweeps = new ArrayList<>();
    for (List<Numbered> s : series.values()) {
      if (s.get(0).file.container()) {
        sweeps.addAll(inOneFile(s.get(0).file, ignoreAngles));
        continue;
      }
      for (List<Numbered> same : samePadding(s)) {
        sweeps.addAll(cut(same, ignoreAngles));
      }
    }
    return sweeps;
  }

  /** All files, or where x_1 and x_01 are different files, those of each length. */
  private static Collection<List<Numbered>> samePadding(List<Numbered> series) {
    int shortest = series.stream().mapToInt(n -> n.digits.length()).min().orElseThrow();
    series.sort(Comparator.comparingInt(n -> n.number));
    return series.stream().allMatch(n -> n.isPaddedTo(shortest))
        ? List.of(series)
        : series.stream()
            .collect(
                Collectors.groupingBy(n -> n.digits.length(), TreeMap::new, Collectors.toList()))
            .values();
  }

  /** A file by its name: before the number, the digits, after it. */
  private record Numbered(FileHeader file, String before, String digits, String after, int number) {

    static Numbered of(FileHeader f) {
      String name = f.path().getFileName().toString();
      Matcher ending = ENDING.matcher(name);
      int dot = ending.find() && ending.start() > 0 ? ending.start() : name.length();
      Matcher m = NUMBER.matcher(name.substring(0, dot));
      if (f.container()) {
        return new Numbered(f, name, "", "", 1);
      } else if (m.matches()) {
        return new Numbered(f, m.group(1), m.group(2), m.group(3) + name.substring(dot));
      }
      Matcher all = NUMBER.matcher(name);
      return all.matches()
          ? new Numbered(f, all.group(1), all.group(2), all.group(3))
          : new Numbered(f, name, "", "", 1);
    }

    Numbered(FileHeader file, String before, String digits, String after) {
      this(file, before, digits, after, Integer.parseInt(digits));
    }

    /** Equal for files whose names differ by the number only. */
    List<Object> key() {
      return List.of(String.valueOf(file.path().getParent()), before, after, digits.isEmpty());
    }

    /** Whether it is written with at least so many digits, and no more zeros than that needs. */
    boolean isPaddedTo(int length) {
      return digits.length() == length || digits.length() > length && !digits.startsWith("0");
    }

    Path template(int length) {
      return file.path().resolveSibling(before + "#".repeat(length) + after);
    }
  }

  private static List<FoundSweep> cut(List<Numbered> series, boolean ignoreAngles)
      throws IOException {
    int shortest = series.stream().mapToInt(n -> n.digits.length()).min().orElseThrow();
    List<FoundSweep> sweeps = new ArrayList<>();
    int begin = 0;
    String begins = "";
    for (int i = 1; i <= series.size(); i++) {
      String reason =
          i == series.size() ? "" : change(series.subList(begin, i), series.get(i), ignoreAngles);
      if (i == series.size() || !reason.isEmpty()) {
        List<Numbered> part = series.subList(begin, i);
        Numbered first = part.get(0);
        sweeps.add(
            new FoundSweep(
                first.template(shortest),
                first.number,
                List.of(),
                part.stream().map(Numbered::file).toList(),
                ImageFiles.header(first.file.path()),
                first.number - series.get(0).number,
                begins));
        begin = i;
        begins = reason;
      }
    }
    return sweeps;
  }

  /** Why a file does not continue a sweep; empty if it does. */
  private static String change(List<Numbered> sweep, Numbered next, boolean ignoreAngles) {
    Numbered first = sweep.get(0);
    Numbered last = sweep.get(sweep.size() - 1);
    if (next.number != last.number + 1) {
      int missing = next.number - last.number - 1;
      return missing == 1
          ? "image " + (last.number + 1) + " is missing"
          : missing < 0
              ? "image " + next.number + " is there twice"
              : "images " + (last.number + 1) + " to " + (next.number - 1) + " are missing";
    }
    String changed = HeaderChange.between(first.file.header(), next.file.header());
    return !changed.isEmpty() || ignoreAngles
        ? changed
        : jump(last.file.start(), next.file.start(), width(sweep, next));
  }

  private static double width(List<Numbered> sweep, Numbered next) {
    FileHeader first = sweep.get(0).file;
    FileHeader second = sweep.size() > 1 ? sweep.get(1).file : next.file;
    return first.header().scan().width().orElse(second.start() - first.start());
  }

  /** Whole turns do not matter: some headers begin again at 360°. */
  private static String jump(double from, double to, double width) {
    double off = Math.abs(Math.IEEEremainder(to - from - width, 360));
    boolean same = width == 0 || Double.isNaN(off);
    return same || off <= ANGLE_TOLERANCE * Math.abs(width) + ANGLE_DIGITS
        ? ""
        : "the angle goes from "
            + DecimalText.of(from)
            + "° to "
            + DecimalText.of(to)
            + "°, not by "
            + DecimalText.of(width)
            + "°";
  }

  /**
   * The sweeps of a file with many frames: one for each threshold, each trigger, and for each
   * series of angles where they are exact.
   */
  private static List<FoundSweep> inOneFile(FileHeader file, boolean ignoreAngles) {
    ImageHeader h = file.header();
    int perTrigger = number(h, "nimages");
    int thresholds = Math.max(1, number(h, FoundSweep.THRESHOLDS));
    int perThreshold = h.frames() / thresholds;
    boolean triggered = number(h, "ntrigger") > 1 && perTrigger > 0 && perTrigger < perThreshold;
    boolean exact = h.beam().probe().orElse(Probe.X_RAY) != Probe.ELECTRON;
    List<Double> angles = h.scan().angles();
    double width = h.scan().width().orElse(Double.NaN);
    List<FoundSweep> sweeps = new ArrayList<>();
    int begin = 0;
    String begins = "";
    for (int i = 1; i <= h.frames(); i++) {
      String reason = "";
      if (i < h.frames() && i % perThreshold == 0) {
        reason = "threshold " + (i / perThreshold + 1) + " of " + thresholds;
      } else if (i < h.frames() && triggered && i % perThreshold % perTrigger == 0) {
        reason = "trigger " + (i % perThreshold / perTrigger + 1) + " of " + number(h, "ntrigger");
      } else if (i < h.frames() && exact && !ignoreAngles && angles.size() == h.frames()) {
        reason = jump(angles.get(i - 1), angles.get(i), width);
      }
      if (i == h.frames() || !reason.isEmpty()) {
        sweeps.add(
            new FoundSweep(
                file.path(),
                begin + 1,
                IntStream.range(begin, i).boxed().toList(),
                List.of(file),
                h,
                triggered ? 0 : begin % perThreshold,
                begins));
        begin = i;
        begins = reason;
      }
    }
    return sweeps;
  }

  private static int number(ImageHeader h, String detail) {
    String text = h.details().getOrDefault(detail, "");
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
  }
}
