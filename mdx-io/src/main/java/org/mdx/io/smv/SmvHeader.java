package org.mdx.io.smv;

import org.mdx.geometry.PixelRectangle;
import org.mdx.geometry.Probe;
import org.mdx.io.image.ImageHeader;
import org.mdx.io.image.ImageHeaderBuilder;
import org.mdx.io.image.PixelType;
import org.mdx.math.Vec3;

/** Interprets the entries of an SMV header by the conventions of {@link SmvFormat}. */
final class SmvHeader {
  private static final Vec3 X = new Vec3(1, 0, 0);
  private static final Vec3 DOWN = new Vec3(0, -1, 0);

  /** Shorter waves are electrons': no X-ray source for crystallography has 0.1 Å. */
  private static final double ELECTRONS = 0.1;

  private SmvHeader() {}

  static ImageHeader of(SmvFile f) {
    double pixel = f.number("PIXEL_SIZE");
    double distance = f.number("DISTANCE");
    double pedestal = orElse(f.number("IMAGE_PEDESTAL"), f.number("ADC_OFFSET"));
    double wavelength = orElse(f.number("WAVELENGTH"), last(f.numbers("SOURCE_WAVELENGTH", 2)));
    ImageHeaderBuilder b =
        ImageHeader.builder("SMV", f.type().label, 1, f.width(), f.height())
            .wavelength(wavelength)
            .direction(new Vec3(0, 0, 1))
            .pixelSize(pixel, pixel)
            .exposure(f.number("TIME"), Double.NaN)
            .response(f.number("GAIN"), pedestal)
            .trusted(0, saturation(f))
            .detector(f.text("BEAMLINE"), f.text("DETECTOR_SN"))
            .date(f.text("DATE"))
            .oscillation(orElse(f.number("OSC_START"), f.number("PHI")), f.number("OSC_RANGE"))
            .axis(X);
    if (wavelength < ELECTRONS) {
      b.probe(Probe.ELECTRON).polarization(0.5, new Vec3(0, 1, 0));
    }
    f.entries().forEach(b::detail);
    b.twoTheta(f.number("TWOTHETA"));
    double x = f.number("BEAM_CENTER_X");
    double y = f.number("BEAM_CENTER_Y");
    if (f.entries().containsKey("DTREK_DATE_TIME")) {
      DtrekHeader.describe(f, b);
    } else if (f.text("BEAMLINE").equalsIgnoreCase("fake")) {
      b.distance(distance, x / pixel + 1, f.height() - y / pixel + 1);
    } else if (f.text("BEAMLINE").equalsIgnoreCase("TimePix_SU")) {
      timepix(f, b, distance, pixel, x, y);
    } else {
      b.distance(distance, y / pixel, x / pixel);
    }
    return b.build();
  }

  private static double saturation(SmvFile f) {
    double highest = f.type() == PixelType.UINT16 ? 65534 : Double.NaN;
    double noted = orElse(f.number("CCD_IMAGE_SATURATION"), f.number("SATURATED_VALUE"));
    return Double.isNaN(noted) || noted - 1 > highest ? highest : noted - 1;
  }

  private static double orElse(double a, double b) {
    return Double.isNaN(a) ? b : a;
  }

  private static double last(double[] a) {
    return Double.isNaN(a[1]) ? a[0] : a[1];
  }

  /** The Timepix detector of Stockholm's JEOL-2100, after RED (Wan et al., 2013). */
  private static void timepix(
      SmvFile f, ImageHeaderBuilder b, double distance, double pixel, double x, double y) {
    b.sensor("Si", 0.3).detector("Timepix", f.text("DETECTOR_SN"));
    if (f.width() != 512 || f.height() != 512) {
      b.axis(new Vec3(0.7826, -0.6226, 0)).distance(distance, x, y);
      return;
    }
    b.axis(new Vec3(-0.755, -0.656, 0)).distance(distance, x, y);
    Vec3 corner = new Vec3(-wide(x) * pixel, wide(y) * pixel, -distance);
    for (int p = 0; p < 4; p++) {
      int column = p % 2 == 0 ? 1 : 257;
      int row = p < 2 ? 1 : 257;
      Vec3 origin = corner.plus(new Vec3(wide(column) * pixel, -wide(row) * pixel, 0));
      PixelRectangle area = new PixelRectangle(column, row, column + 254, row + 254);
      b.panel("Panel" + p, area, origin, X, DOWN, null);
    }
  }

  /** From pixels of 512 to widths of an inner pixel: 0, 255, 256 and 511 count three times. */
  private static double wide(double px) {
    double extra = 0;
    for (int edge : new int[] {0, 255, 256, 511}) {
      extra += 2 * Math.max(0, Math.min(1, px - edge));
    }
    return px + extra;
  }
}
