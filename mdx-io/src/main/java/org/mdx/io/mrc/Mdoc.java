package org.mdx.io.mrc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mdx.geometry.Probe;
import org.mdx.io.image.Electrons;
import org.mdx.io.image.ImageHeaderBuilder;

/**
 * The text that SerialEM puts beside a stack, {@code NAME.mrc.mdoc}: entries {@code Key = value},
 * first those of the whole stack, then for each frame those below {@code [ZValue = n]}.
 */
final class Mdoc {
  private static final Pattern SECTION = Pattern.compile("\\[ZValue\\s*=\\s*(\\d{1,8})\\s*\\]");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?");
  private static final long MAX_SIZE = 1L << 26;

  private final Map<String, String> stack;
  private final Map<Integer, Map<String, String>> frames;

  private Mdoc(Map<String, String> stack, Map<Integer, Map<String, String>> frames) {
    this.stack = stack;
    this.frames = frames;
  }

  /** The one beside a stack, or null if there is none. */
  static Mdoc beside(Path mrc) throws IOException {
    Path path = mrc.resolveSibling(mrc.getFileName() + ".mdoc");
    if (!Files.isRegularFile(path) || Files.size(path) > MAX_SIZE) {
      return null;
    }
    return parse(Files.readString(path, StandardCharsets.ISO_8859_1));
  }

  static Mdoc parse(String text) {
    Map<String, String> stack = new LinkedHashMap<>();
    Map<Integer, Map<String, String>> frames = new LinkedHashMap<>();
    Map<String, String> section = stack;
    for (String line : text.split("[\r\n]+")) {
      Matcher m = SECTION.matcher(line.strip());
      int equals = line.indexOf('=');
      if (m.matches()) {
        section = new LinkedHashMap<>();
        frames.put(Integer.parseInt(m.group(1)), section);
      } else if (equals > 0 && !line.startsWith("[")) {
        section.putIfAbsent(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      }
    }
    return new Mdoc(stack, frames);
  }

  /** Adds what it says of a stack with so many frames. */
  void describe(int count, ImageHeaderBuilder to) {
    Map<String, String> first = frames.getOrDefault(0, Map.of());
    List<Double> angles = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double angle = number(frames.getOrDefault(i, Map.of()).get("TiltAngle"));
      if (Double.isNaN(angle)) {
        break;
      }
      angles.add(angle);
    }
    if (angles.size() == count) {
      double step = count > 1 ? (angles.get(count - 1) - angles.get(0)) / (count - 1) : Double.NaN;
      to.angles(angles).oscillation(angles.get(0), step);
    }
    double volts = 1000 * number(stack.getOrDefault("Voltage", first.get("Voltage")));
    double exposure = number(first.getOrDefault("ExposureTime", stack.get("ExposureTime")));
    to.probe(Probe.ELECTRON);
    if (volts > 0) {
      to.wavelength(Electrons.wavelength(volts));
    }
    if (exposure > 0) {
      to.exposure(exposure, Double.NaN);
    }
    String date = first.getOrDefault("DateTime", "");
    if (!date.isEmpty()) {
      to.date(date);
    }
    stack.forEach(to::detail);
    first.forEach(to::detail);
  }

  private static double number(String text) {
    Matcher m = NUMBER.matcher(text == null ? "" : text);
    return m.find() ? Double.parseDouble(m.group()) : Double.NaN;
  }
}
