package org.mdx.image;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.geometry.PixelRectangle;
import org.mdx.geometry.Scan;

/**
 * The frames of one sweep with their geometry and the pixels that count: axes φ, iy, ix per panel.
 * Immutable; frames are read when asked for.
 */
public final class ImageSeries {
  private static final double STEPS = 64;
  private static final double MOST_BITS = 16;

  /** Angles of two lists of one sweep agree within this part of a frame. */
  private static final double ANGLE = 0.01;

  private final Geometry geometry;
  private final ImageSource source;
  private final List<PixelMask> masks;
  private final int fractionBits;
  private final List<PixelResponse> responses;

  /**
   * A series.
   *
   * @param geometry of the sweep
   * @param source its frames
   * @param masks one for each panel, joined with the panels' untrusted rectangles
   * @throws IllegalArgumentException if frames, panels or shapes do not match, or unexposed pixels
   *     of a panel have values below those that are trusted
   */
  public ImageSeries(Geometry geometry, ImageSource source, List<PixelMask> masks) {
    List<Panel> panels = geometry.detector().panels();
    if (source.frames() != geometry.scan().frames()) {
      throw new IllegalArgumentException(
          "the scan has "
              + geometry.scan().frames()
              + " images but there are "
              + source.frames()
              + " frames");
    }
    if (source.panels() != panels.size() || masks.size() != panels.size()) {
      throw new IllegalArgumentException(
          "the detector has "
              + panels.size()
              + " panels, the images "
              + source.panels()
              + ", and there are masks for "
              + masks.size());
    }
    this.geometry = geometry;
    this.source = source;
    this.masks = new ArrayList<>();
    for (int p = 0; p < panels.size(); p++) {
      Panel panel = panels.get(p);
      PixelMask mask = masks.get(p);
      requireShape("image", p, source.width(p), source.height(p), panel);
      requireUnexposedCount(panel);
      requireShape("mask", p, mask.width(), mask.height(), panel);
      for (PixelRectangle r : panel.untrusted()) {
        mask = mask.or(r);
      }
      this.masks.add(mask);
    }
    fractionBits = source.hasFractions() ? fractionBits(panels) : 0;
    responses = panels.stream().map(p -> PixelResponse.of(p, fractionBits)).toList();
  }

  /** A step is at most 1/64 of a photon or electron: its rounding adds less than 0.005 of noise. */
  private static int fractionBits(List<Panel> panels) {
    double gain = panels.stream().mapToDouble(Panel::gain).min().orElse(1);
    double bits = Math.ceil(Math.log(STEPS / gain) / Math.log(2) - 1e-9);
    return (int) Math.max(0, Math.min(MOST_BITS, bits));
  }

  /**
   * A camera of whose background only the highest values count shows more than is there. Half a
   * step is left to pedestals that were measured; 0 is what files have that tell none.
   */
  private static void requireUnexposedCount(Panel panel) {
    if (panel.pedestal() != 0 && panel.pedestal() < panel.trustedMin() - 0.5) {
      throw new IllegalArgumentException(
          "panel "
              + panel.name()
              + ": an unexposed pixel has the value "
              + panel.pedestal()
              + " (pedestal), and only values from "
              + panel.trustedMin()
              + " to "
              + panel.trustedMax()
              + " are trusted: background would not count; tell the values that are data"
              + " (mdx import --trusted-range) or another pedestal (--pedestal)");
    }
  }

  private static void requireShape(String what, int p, int width, int height, Panel panel) {
    if (width != panel.width() || height != panel.height()) {
      throw new IllegalArgumentException(
          "panel "
              + p
              + " is "
              + panel.width()
              + " x "
              + panel.height()
              + " pixels but its "
              + what
              + " is "
              + width
              + " x "
              + height);
    }
  }

  /**
   * The same frames and masks with another geometry, such as a refined or reindexed crystal.
   *
   * @param other geometry of the same frames and panels; if it does not tell the attenuators, those
   *     of this one stay
   * @return a new series
   * @throws IllegalArgumentException if angles, frames, panels or shapes do not match
   */
  public ImageSeries withGeometry(Geometry other) {
    requireSameAngles(geometry.scan(), other.scan());
    return new ImageSeries(withTransmission(other, geometry.scan()), source, masks);
  }

  private static Geometry withTransmission(Geometry other, Scan scan) {
    OptionalDouble known = scan.transmission();
    return other.scan().transmission().isPresent() || known.isEmpty()
        ? other
        : other.withScan(other.scan().withTransmission(known.getAsDouble()));
  }

  /**
   * The frames of a stretch of the scan with a geometry of their own, such as that of a crystal
   * which slipped.
   *
   * @param other geometry whose scan is this one's or a {@linkplain Scan#part part} of it
   * @return a new series of the images with the numbers of that scan
   * @throws IllegalArgumentException as {@link #withGeometry}, or if there are no such images
   */
  public ImageSeries ofScan(Geometry other) {
    Scan scan = geometry.scan();
    int from = other.scan().firstImage() - scan.firstImage();
    int to = from + other.scan().frames();
    if (from == 0 && to == frames()) {
      return withGeometry(other);
    }
    Scan part = scan.part(from, to);
    requireSameAngles(part, other.scan());
    int[] frames = IntStream.range(from, to).toArray();
    return new ImageSeries(
        withTransmission(other, part), new FrameSelection(source, frames), masks);
  }

  /** Refuses the scan of another sweep: its crystal does not stand as that of these frames. */
  private void requireSameAngles(Scan scan, Scan other) {
    double most = ANGLE * Math.abs(scan.width());
    if (!(Math.abs(other.start() - scan.start()) <= most
        && Math.abs(other.end() - scan.end()) <= most)) {
      throw new IllegalArgumentException(
          source.describe(0)
              + ": the images are from "
              + scan.start()
              + "° by "
              + scan.width()
              + "°, the geometry is of a sweep from "
              + other.start()
              + "° by "
              + other.width()
              + "°: give geometry and images of one sweep");
    }
  }

  /**
   * The same frames with more pixels left out.
   *
   * @param more one for each panel
   * @return a new series
   * @throws IllegalArgumentException if panels or shapes do not match
   */
  public ImageSeries masked(List<PixelMask> more) {
    List<PixelMask> all = new ArrayList<>();
    for (int p = 0; p < masks.size(); p++) {
      all.add(masks.get(p).or(more.get(p)));
    }
    return new ImageSeries(geometry, source, all);
  }

  /**
   * The same geometry and masks with other frames, such as a copy of them.
   *
   * @param other as many frames of the same panels
   * @return a new series
   * @throws IllegalArgumentException if frames, panels or shapes do not match
   */
  public ImageSeries withSource(ImageSource other) {
    return new ImageSeries(geometry, other, masks);
  }

  /**
   * The geometry of the sweep.
   *
   * @return the geometry
   */
  public Geometry geometry() {
    return geometry;
  }

  /**
   * The frames as recorded.
   *
   * @return their source
   */
  public ImageSource source() {
    return source;
  }

  /**
   * The pixels of a panel that are left out in every frame.
   *
   * @param panel index of the panel
   * @return its mask
   */
  public PixelMask mask(int panel) {
    return masks.get(panel);
  }

  /**
   * What the values of a panel mean in the frames that {@link FrameBuffer} reads.
   *
   * @param panel index of the panel
   * @return its gain, pedestal and read noise, in steps of 2 to the power of minus {@link
   *     #fractionBits()}
   */
  public PixelResponse response(int panel) {
    return responses.get(panel);
  }

  /**
   * How finely {@link FrameBuffer} reads real numbers: in steps of 2 to the power of minus this, 64
   * or more to a photon or electron.
   *
   * @return 0 for whole numbers
   */
  public int fractionBits() {
    return fractionBits;
  }

  /**
   * Whether every value is a number of photons or electrons: whole, not below 0, with no noise of
   * its own.
   *
   * @return false for cameras
   */
  public boolean isCounted() {
    return fractionBits == 0
        && responses.stream().allMatch(PixelResponse::isCounter)
        && geometry.detector().panels().stream().allMatch(p -> p.trustedMin() >= 0);
  }

  /**
   * Number of frames.
   *
   * @return 1 or more
   */
  public int frames() {
    return source.frames();
  }

  @Override
  public String toString() {
    return "ImageSeries["
        + geometry.crystal().map(c -> c.cell() + " " + c.spaceGroup()).orElse("no crystal")
        + ", "
        + geometry.scan()
        + ", "
        + geometry.detector().pixels()
        + " pixels, "
        + source.describe(0)
        + "]";
  }
}
