package org.mdx.io.image;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mdx.geometry.PixelRectangle;
import org.mdx.geometry.Probe;
import org.mdx.image.PixelMask;
import org.mdx.io.DecimalText;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * Collects what is known. Numbers that are not finite, directions of no length and empty texts mean
 * not known, as do sizes, wavelengths, exposures and gains that are not above 0. What is said of
 * pixels, sensor and trusted range holds for every panel.
 */
public final class ImageHeaderBuilder {
  private final String format;
  private final String pixelType;
  private final int frames;
  private final int width;
  private final int height;
  private final List<Area> areas = new ArrayList<>();
  private final Map<String, String> details = new LinkedHashMap<>();
  private double pixelWidth = Double.NaN;
  private double pixelHeight = Double.NaN;
  private double trustedMin = Double.NaN;
  private double trustedMax = Double.NaN;
  private String material = "";
  private double thickness = Double.NaN;
  private double gain = Double.NaN;
  private double pedestal = Double.NaN;
  private PixelMask mask;
  private Probe probe;
  private double wavelength = Double.NaN;
  private Vec3 direction;
  private double polarization = Double.NaN;
  private Vec3 polarizationNormal;
  private double start = Double.NaN;
  private double oscillation = Double.NaN;
  private List<Double> angles = List.of();
  private Vec3 axis;
  private Mat3 fixedRotation;
  private double exposureTime = Double.NaN;
  private double exposurePeriod = Double.NaN;
  private double transmission = Double.NaN;
  private String detector = "";
  private String serial = "";
  private String date = "";
  private double distance = Double.NaN;
  private double beamX = Double.NaN;
  private double beamY = Double.NaN;
  private final List<String> notes = new ArrayList<>();
  private String unplaceable = "";

  private record Area(
      String name,
      int x,
      int y,
      int width,
      int height,
      Vec3 origin,
      Vec3 fast,
      Vec3 slow,
      PixelMask mask) {}

  ImageHeaderBuilder(String format, String pixelType, int frames, int width, int height) {
    this.format = format;
    this.pixelType = pixelType;
    this.frames = frames;
    this.width = width;
    this.height = height;
  }

  /**
   * Size of a pixel.
   *
   * @param w along fast, mm
   * @param h along slow, mm
   * @return this
   */
  public ImageHeaderBuilder pixelSize(double w, double h) {
    pixelWidth = w;
    pixelHeight = h;
    return this;
  }

  /**
   * Values that are trusted, limits included.
   *
   * @param min lowest
   * @param max highest
   * @return this
   */
  public ImageHeaderBuilder trusted(double min, double max) {
    trustedMin = min;
    trustedMax = max;
    return this;
  }

  /**
   * The sensor.
   *
   * @param formula such as {@code Si}; may be empty
   * @param mm thickness
   * @return this
   */
  public ImageHeaderBuilder sensor(String formula, double mm) {
    material = formula;
    thickness = mm;
    return this;
  }

  /**
   * How photons become numbers.
   *
   * @param countsPerPhoton gain
   * @param unexposed pedestal
   * @return this
   */
  public ImageHeaderBuilder response(double countsPerPhoton, double unexposed) {
    gain = countsPerPhoton;
    pedestal = unexposed;
    return this;
  }

  /**
   * Pixels of the only panel that the file leaves out in every frame.
   *
   * @param m of the size of the image
   * @return this
   */
  public ImageHeaderBuilder mask(PixelMask m) {
    mask = m;
    return this;
  }

  /**
   * The probe.
   *
   * @param p what the beam is made of
   * @return this
   */
  public ImageHeaderBuilder probe(Probe p) {
    probe = p;
    return this;
  }

  /**
   * The wavelength.
   *
   * @param angstrom λ
   * @return this
   */
  public ImageHeaderBuilder wavelength(double angstrom) {
    wavelength = angstrom;
    return this;
  }

  /**
   * Where the beam comes from.
   *
   * @param towardsSource direction from the sample; made a unit vector
   * @return this
   */
  public ImageHeaderBuilder direction(Vec3 towardsSource) {
    direction = towardsSource;
    return this;
  }

  /**
   * The polarization.
   *
   * @param fraction 0 to 1
   * @param normal normal of the plane of polarization; may be null
   * @return this
   */
  public ImageHeaderBuilder polarization(double fraction, Vec3 normal) {
    polarization = fraction;
    polarizationNormal = normal;
    return this;
  }

  /**
   * The oscillation.
   *
   * @param from angle at the beginning of the first frame, degrees
   * @param perFrame rotation during a frame, degrees
   * @return this
   */
  public ImageHeaderBuilder oscillation(double from, double perFrame) {
    start = from;
    oscillation = perFrame;
    return this;
  }

  /**
   * Angles noted for each frame.
   *
   * @param degrees as many as there are frames
   * @return this
   */
  public ImageHeaderBuilder angles(List<Double> degrees) {
    angles = degrees;
    return this;
  }

  /**
   * The rotation axis.
   *
   * @param right its direction, right-handed; made a unit vector
   * @return this
   */
  public ImageHeaderBuilder axis(Vec3 right) {
    axis = right;
    return this;
  }

  /**
   * The circles of a goniometer that do not turn.
   *
   * @param fixed their rotation F, in the laboratory frame, applied before that about the axis
   * @return this
   */
  public ImageHeaderBuilder fixedRotation(Mat3 fixed) {
    fixedRotation = fixed;
    return this;
  }

  /**
   * The exposure.
   *
   * @param time during which a frame is exposed, s
   * @param period from one frame to the next, s
   * @return this
   */
  public ImageHeaderBuilder exposure(double time, double period) {
    exposureTime = time;
    exposurePeriod = period;
    return this;
  }

  /**
   * The attenuators.
   *
   * @param part of the beam that they let through; what is not above 0 and at most 1 tells nothing,
   *     since some instruments write 0, and others per cent
   * @return this
   */
  public ImageHeaderBuilder transmission(double part) {
    transmission = part;
    return this;
  }

  /**
   * The detector.
   *
   * @param name may be empty
   * @param number serial number; may be empty
   * @return this
   */
  public ImageHeaderBuilder detector(String name, String number) {
    detector = name;
    serial = number;
    return this;
  }

  /**
   * The date.
   *
   * @param text as written
   * @return this
   */
  public ImageHeaderBuilder date(String text) {
    date = text;
    return this;
  }

  /**
   * Where the detector is. If it has no panels with places of their own, then a single one normal
   * to the beam along z, fast along +x and slow along −y: its origin is (−beamX·w, beamY·h, −d).
   *
   * @param mm distance
   * @param x column of the beam, pixels
   * @param y row of the beam, pixels
   * @return this
   */
  public ImageHeaderBuilder distance(double mm, double x, double y) {
    distance = mm;
    beamX = x;
    beamY = y;
    return this;
  }

  /**
   * Adds a panel. Without any the whole image is one.
   *
   * @param name of the panel
   * @param area its pixels in the image
   * @param origin corner of the first pixel, mm; null if not known, as fast and slow then
   * @param fast direction of rising columns; made a unit vector
   * @param slow direction of rising rows; made a unit vector
   * @param m pixels that are left out in every frame; null if there is no mask
   * @return this
   */
  public ImageHeaderBuilder panel(
      String name, PixelRectangle area, Vec3 origin, Vec3 fast, Vec3 slow, PixelMask m) {
    int w = area.x1() - area.x0();
    int h = area.y1() - area.y0();
    areas.add(new Area(name, area.x0(), area.y0(), w, h, origin, fast, slow, m));
    return this;
  }

  /**
   * Adds an entry of the header as it is written.
   *
   * @param key its name
   * @param value its text
   * @return this
   */
  public ImageHeaderBuilder detail(String key, String value) {
    details.putIfAbsent(key, value);
    return this;
  }

  /**
   * Something that the header says and that the other values leave out.
   *
   * @param text what, and how to give it
   * @return this builder
   */
  public ImageHeaderBuilder note(String text) {
    notes.add(text);
    return this;
  }

  /**
   * An angle of the detector's arm of which the file does not tell the axis: it is noted.
   *
   * @param degrees as the header has it; 0 and NaN mean none
   * @return this builder
   */
  public ImageHeaderBuilder twoTheta(double degrees) {
    if (!Double.isFinite(degrees) || degrees == 0) {
      return this;
    }
    String text =
        "the header tells a two-theta of %s° but not about which axis: the detector is placed as at"
            + " 0°; if its arm turns about the rotation axis give --two-theta %s or, in the other"
            + " sense, %s, else --fast-axis and --slow-axis";
    String angle = DecimalText.of(degrees);
    return note(String.format(text, angle, angle, DecimalText.of(-degrees)));
  }

  /**
   * Why the header cannot tell where the detector is.
   *
   * @param why the reason
   * @return this builder
   */
  public ImageHeaderBuilder unplaceable(String why) {
    unplaceable = why;
    return this;
  }

  /**
   * The header.
   *
   * @return what was said
   * @throws IllegalArgumentException if it contradicts itself
   */
  public ImageHeader build() {
    if (areas.isEmpty()) {
      boolean placed = pixelWidth > 0 && pixelHeight > 0;
      Vec3 origin = new Vec3(-beamX * pixelWidth, beamY * pixelHeight, -distance);
      areas.add(
          new Area(
              "Panel",
              0,
              0,
              width,
              height,
              placed ? origin : null,
              placed ? new Vec3(1, 0, 0) : null,
              placed ? new Vec3(0, -1, 0) : null,
              mask));
    }
    return new ImageHeader(
        format,
        pixelType,
        frames,
        width,
        height,
        areas.stream().map(this::panel).toList(),
        new BeamHeader(
            Optional.ofNullable(probe),
            Known.positive(wavelength),
            Known.direction(direction),
            Known.value(polarization),
            Known.direction(polarizationNormal)),
        new ScanHeader(
            Known.value(start),
            Known.value(oscillation),
            angles,
            Known.direction(axis),
            Optional.ofNullable(fixedRotation),
            Known.positive(exposureTime),
            Known.positive(exposurePeriod),
            Known.part(transmission)),
        detector,
        serial,
        date,
        Known.value(distance),
        Known.value(beamX),
        Known.value(beamY),
        details,
        notes,
        unplaceable);
  }

  private PanelHeader panel(Area a) {
    boolean placed =
        a.origin != null
            && Double.isFinite(a.origin.norm())
            && Known.direction(a.fast).isPresent()
            && Known.direction(a.slow).isPresent();
    return new PanelHeader(
        a.name,
        a.x,
        a.y,
        a.width,
        a.height,
        Known.positive(pixelWidth),
        Known.positive(pixelHeight),
        placed ? Optional.of(a.origin) : Optional.empty(),
        placed ? Known.direction(a.fast) : Optional.empty(),
        placed ? Known.direction(a.slow) : Optional.empty(),
        Known.value(trustedMin),
        Known.value(trustedMax),
        material,
        Known.value(thickness),
        Known.positive(gain),
        Known.value(pedestal),
        Optional.ofNullable(a.mask));
  }
}
