package org.mdx.io.cbf;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mdx.io.image.ImageHeader;
import org.mdx.io.image.ImageHeaderBuilder;
import org.mdx.math.Vec3;

/**
 * Interprets the lines of a miniCBF header. The format knows one panel normal to the beam only; the
 * laboratory frame is the one in which DIALS puts it. {@code Count_cutoff} is the first value that
 * is not trusted.
 */
final class MiniCbfHeader {
  private static final Pattern SERIAL = Pattern.compile("S/N\\s+(\\S+)");

  /** The only PILATUS of 12 million pixels is a cylinder of rows of modules. */
  private static final Pattern CYLINDER = Pattern.compile("\\bPILATUS\\S*\\s+12M\\b");

  private MiniCbfHeader() {}

  static ImageHeader of(CbfHeader h, CbfBinary binary) {
    ImageHeaderBuilder b =
        ImageHeader.builder("miniCBF", binary.type().label, 1, binary.width(), binary.height())
            .wavelength(number(h.wavelength()))
            .direction(new Vec3(0, 0, 1))
            .pixelSize(number(h.pixelWidth()), number(h.pixelHeight()))
            .distance(number(h.distance()), number(h.beamX()), number(h.beamY()))
            .oscillation(number(h.startAngle()), number(h.angleIncrement()))
            .exposure(number(h.exposureTime()), number(h.exposurePeriod()))
            .transmission(number(h.transmission()))
            .trusted(0, number(h.countCutoff()) - 1)
            .sensor(h.sensorMaterial(), number(h.sensorThickness()))
            .date(h.timestamp());
    Matcher serial = SERIAL.matcher(h.detector());
    b.detector(h.detector(), serial.find() ? serial.group(1) : "");
    if (h.polarization().isPresent()) {
      b.polarization(h.polarization().getAsDouble(), new Vec3(0, 1, 0));
    }
    Vec3 axis = axis(h.oscillationAxis());
    if (axis != null) {
      b.axis(axis);
    }
    b.twoTheta(number(h.number("Detector_2theta")));
    if (CYLINDER.matcher(h.detector()).find()) {
      b.unplaceable(
          "the detector "
              + h.detector()
              + " is bent about the sample: 24 rows of modules, and no flat detector");
    }
    h.forEach(b::detail);
    return b.build();
  }

  /**
   * The rotation axis of {@code Oscillation_axis}: X with CW or CCW is ±x; where a direction of the
   * detector follows ({@code X.CW +SLOW}), that decides: SLOW is y, FAST is x.
   */
  private static Vec3 axis(String text) {
    Matcher named = Pattern.compile("([-+])(SLOW|FAST)").matcher(text);
    if (named.find()) {
      int sign = named.group(1).equals("-") ? -1 : 1;
      return named.group(2).equals("SLOW") ? new Vec3(0, sign, 0) : new Vec3(sign, 0, 0);
    }
    Matcher letter = Pattern.compile("^\\s*([XYxy])\\W+(C?CW)").matcher(text);
    if (!letter.find()) {
      return null;
    }
    int sign = letter.group(2).equals("CCW") ? -1 : 1;
    return letter.group(1).equalsIgnoreCase("X") ? new Vec3(sign, 0, 0) : new Vec3(0, sign, 0);
  }

  private static double number(OptionalDouble v) {
    return v.orElse(Double.NaN);
  }
}
