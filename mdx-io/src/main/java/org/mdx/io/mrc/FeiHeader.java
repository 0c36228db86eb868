package org.mdx.io.mrc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mdx.geometry.Probe;
import org.mdx.io.image.Electrons;
import org.mdx.io.image.FileBytes;
import org.mdx.io.image.ImageHeaderBuilder;
import org.mdx.math.Vec3;

/**
 * The extended headers FEI1 and FEI2: one block of metadata for each frame (Thermo Fisher, "MRC2014
 * specifications for EPU, TOMO and EPU-D"). Byte positions in a block are as published there, and
 * as mrcfile 1.4.3 has them. The rotation axis is (0, −1, 0), turned about the beam by the tilt
 * axis angle; dxtbx 3.12 leaves out the turning, and has λ larger by 1.2·10⁻⁴ for its rounded
 * constants.
 */
final class FeiHeader {
  private static final int FEI1 = 768;
  private static final int FEI2 = 888;
  private static final int HT = 84;
  private static final int ALPHA = 100;
  private static final int TILT_AXIS = 140;
  private static final int PIXEL_SIZE = 156;
  private static final int CAMERA_LENGTH = 301;
  private static final int INTEGRATION_TIME = 419;
  private static final int BINNING = 427;
  private static final int CAMERA = 435;
  private static final int DETECTOR_NAME = 804;
  private static final int TILT_PER_IMAGE = 836;
  private static final int BEAM_CENTRE = 852;

  /** Pixel of Ceta and Falcon cameras without binning, mm; the header has no physical size. */
  private static final double CAMERA_PIXEL = 0.014;

  private FeiHeader() {}

  /** Adds what the blocks say; nothing if the extended header is of another kind or too short. */
  static void describe(MrcFile file, FileBytes in, ImageHeaderBuilder to) throws IOException {
    boolean second = file.extended().equals("FEI2");
    if (!second && !file.extended().equals("FEI1")) {
      return;
    }
    byte[] bytes = new byte[FEI2];
    ByteBuffer b = ByteBuffer.wrap(bytes).order(file.order());
    long end = file.offset() - MrcFile.HEADER;
    int known = second ? FEI2 : FEI1;
    if (end < known || in.read(MrcFile.HEADER, bytes, 0, known) < known) {
      return;
    }
    int block = b.getInt(0);
    if (block < known || (long) block * file.frames() > end) {
      // some writers leave the size empty
      block = known;
    }
    List<Double> angles = angles(file, in, block, end);
    double step = second ? nonzero(b.getDouble(TILT_PER_IMAGE)) : Double.NaN;
    if (Double.isNaN(step) && angles.size() > 1) {
      step = (angles.get(angles.size() - 1) - angles.get(0)) / (angles.size() - 1);
    }
    double exposure = nonzero(b.getDouble(INTEGRATION_TIME));
    double tilt = Math.toRadians(b.getDouble(TILT_AXIS));
    to.probe(Probe.ELECTRON)
        .oscillation(b.getDouble(ALPHA), step)
        .angles(angles)
        .exposure(exposure, Double.NaN);
    if (Double.isFinite(tilt)) {
      to.axis(new Vec3(Math.sin(tilt), -Math.cos(tilt), 0));
    }
    String camera = MrcFile.text(bytes, CAMERA, 16);
    String name = second ? MrcFile.text(bytes, DETECTOR_NAME, 16) : "";
    to.detector(name.isEmpty() ? camera : name, "");
    double wavelength = Electrons.wavelength(b.getDouble(HT));
    to.wavelength(wavelength);
    optics(b, camera, second, wavelength, to);
    details(bytes, b, to);
  }

  private static List<Double> angles(MrcFile file, FileBytes in, int block, long end)
      throws IOException {
    List<Double> angles = new ArrayList<>();
    byte[] bytes = new byte[8];
    ByteBuffer b = ByteBuffer.wrap(bytes).order(file.order());
    for (long i = 0; i < file.frames() && (i + 1) * block <= end; i++) {
      if (in.read(MrcFile.HEADER + i * block + ALPHA, bytes, 0, 8) < 8
          || !Double.isFinite(b.getDouble(0))) {
        return List.of();
      }
      angles.add(b.getDouble(0));
    }
    return angles.size() == file.frames() ? angles : List.of();
  }

  /** In diffraction the size of a pixel is in m⁻¹: distance = size/(λ · size in m⁻¹). */
  private static void optics(
      ByteBuffer b, String camera, boolean second, double wavelength, ImageHeaderBuilder to) {
    String lower = camera.toLowerCase(Locale.ROOT);
    boolean known = lower.contains("ceta") || lower.contains("falcon");
    double pixel = known ? CAMERA_PIXEL * Math.max(1, b.getInt(BINNING)) : Double.NaN;
    double reciprocal = b.getDouble(PIXEL_SIZE);
    double nominal = nonzero(b.getDouble(CAMERA_LENGTH)) * 1000;
    double calibrated = reciprocal > 1 ? pixel / (reciprocal * wavelength * 1e-10) : Double.NaN;
    double x = second ? nonzero(b.getInt(BEAM_CENTRE)) : Double.NaN;
    double y = second ? nonzero(b.getInt(BEAM_CENTRE + 4)) : Double.NaN;
    to.pixelSize(pixel, pixel)
        .direction(new Vec3(0, 0, 1))
        .polarization(0.5, new Vec3(0, 1, 0))
        .distance(Double.isNaN(calibrated) ? nominal : calibrated, x, y);
  }

  private static void details(byte[] bytes, ByteBuffer b, ImageHeaderBuilder to) {
    to.detail("Microscope", MrcFile.text(bytes, 20, 16) + " " + MrcFile.text(bytes, 36, 16));
    to.detail("Application", MrcFile.text(bytes, 52, 16) + " " + MrcFile.text(bytes, 68, 16));
    to.detail("HT", b.getDouble(HT) + " V");
    to.detail("Dose", b.getDouble(92) + " /m²");
    to.detail("Tilt axis angle", b.getDouble(TILT_AXIS) + "°");
    to.detail("Pixel size", b.getDouble(PIXEL_SIZE) + " m or /m");
    to.detail("Camera length", b.getDouble(CAMERA_LENGTH) + " m");
    to.detail("Binning", String.valueOf(b.getInt(BINNING)));
    to.detail("Camera", MrcFile.text(bytes, CAMERA, 16));
  }

  /** These writers put 0 where they know nothing. */
  private static double nonzero(double v) {
    return v == 0 ? Double.NaN : v;
  }
}
