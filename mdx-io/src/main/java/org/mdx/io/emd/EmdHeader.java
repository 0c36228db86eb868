package org.mdx.io.emd;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.mdx.geometry.Probe;
import org.mdx.io.image.Electrons;
import org.mdx.io.image.ImageHeader;
import org.mdx.io.image.ImageHeaderBuilder;
import org.mdx.math.Vec3;

/**
 * Interprets the documents of a Velox file. All numbers there are texts, in m, s, rad and V. Pixels
 * of a diffraction pattern have a size in m⁻¹; with the camera length L that is λ·L times as much
 * on the detector.
 */
final class EmdHeader {

  /** Mean steps below this are jitter of the stage, not rotation; degrees. */
  private static final double LEAST_STEP = 1e-3;

  private final JsonNode first;

  private EmdHeader(JsonNode first) {
    this.first = first;
  }

  static ImageHeader read(EmdFile file) {
    return new EmdHeader(file.metadata(0)).read(file, file.frames().frames());
  }

  private ImageHeader read(EmdFile file, int frames) {
    ImageHeaderBuilder b =
        ImageHeader.builder(
            "Velox EMD",
            file.frames().type().toString(),
            frames,
            file.frames().width(),
            file.frames().height());
    double wavelength = Electrons.wavelength(number(first, "/Optics/AccelerationVoltage"));
    b.probe(Probe.ELECTRON).wavelength(wavelength).direction(new Vec3(0, 0, 1));
    double length = number(first, "/Optics/CameraLength") * 1e3;
    b.distance(length > 0 ? length : Double.NaN, Double.NaN, Double.NaN);
    pixels(wavelength, length, b);
    double exposure = exposure();
    b.exposure(exposure, Double.NaN);
    String name = text("/BinaryResult/Detector");
    b.detector(name.isEmpty() ? text("/BinaryResult/DetectorName") : name, "");
    double start = number(first, "/Acquisition/AcquisitionStartDatetime/DateTime");
    if (start > 0 && start < 1e11) {
      b.date(Instant.ofEpochSecond((long) start).toString());
    }
    tilt(file, frames, b);
    details(file, b);
    return b.build();
  }

  private void pixels(double wavelength, double length, ImageHeaderBuilder b) {
    double x = number(first, "/BinaryResult/PixelSize/width");
    double y = number(first, "/BinaryResult/PixelSize/height");
    String unit = text("/BinaryResult/PixelUnitX");
    double scale =
        switch (unit) {
          case "1/m" -> wavelength * 1e-10 * length;
          case "rad" -> length;
          default -> Double.NaN;
        };
    if (x > 0 && y > 0 && scale > 0) {
      b.pixelSize(x * scale, y * scale);
    }
  }

  /** Of the detector that made the images, or of one scan. */
  private double exposure() {
    String name = text("/BinaryResult/Detector");
    for (JsonNode d : first.path("Detectors")) {
      if (!name.isEmpty() && d.path("DetectorName").asText().equals(name)) {
        double time = number(d, "/ExposureTime");
        return time > 0 ? time : number(first, "/Scan/FrameTime");
      }
    }
    return Double.NaN;
  }

  /** The α tilt of each frame, degrees. */
  private static void tilt(EmdFile file, int frames, ImageHeaderBuilder b) {
    List<Double> angles = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      double a = Math.toDegrees(number(file.metadata(i), "/Stage/AlphaTilt"));
      if (Double.isNaN(a)) {
        return;
      }
      angles.add(a);
    }
    b.angles(angles);
    double step = frames < 2 ? 0 : (angles.get(frames - 1) - angles.get(0)) / (frames - 1);
    if (Math.abs(step) > LEAST_STEP) {
      b.oscillation(angles.get(0), step);
    }
  }

  private void details(EmdFile file, ImageHeaderBuilder b) {
    b.detail("Image", file.id());
    if (!file.others().isEmpty()) {
      b.detail("Other images", String.join(", ", file.others()));
    }
    for (String at :
        new String[] {
          "/Instrument/InstrumentClass",
          "/Instrument/InstrumentModel",
          "/Optics/AccelerationVoltage",
          "/Optics/CameraLength",
          "/BinaryResult/PixelUnitX"
        }) {
      if (!text(at).isEmpty()) {
        b.detail(at.substring(1), text(at));
      }
    }
  }

  private String text(String at) {
    return first.at(at).asText("");
  }

  private static double number(JsonNode from, String at) {
    JsonNode n = from.at(at);
    if (n.isNumber()) {
      return n.doubleValue();
    }
    try {
      return n.isTextual() ? Double.parseDouble(n.textValue()) : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
