package org.mdx.io.image;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mdx.geometry.Beam;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Goniometer;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Scan;
import org.mdx.math.Vec3;

/** A geometry in the words of an image header. */
public final class GeometryHeader {
  private GeometryHeader() {}

  /**
   * What an image of a sweep could say about itself.
   *
   * @param g the geometry of the sweep
   * @param format name for the format
   * @param details further entries
   * @return a header without type of pixels, detector's name and date
   */
  public static ImageHeader of(Geometry g, String format, Map<String, String> details) {
    Beam beam = g.beam();
    Scan scan = g.scan();
    Goniometer goniometer = g.goniometer();
    List<Panel> panels = g.detector().panels();
    Panel first = panels.get(0);
    double distance = first.origin().dot(first.normal());
    Vec3 ray = beam.direction().times(-1);
    Vec3 hit = ray.times(distance / ray.dot(first.normal())).minus(first.origin());
    int width = panels.stream().mapToInt(p -> p.imageX() + p.width()).max().orElseThrow();
    int height = panels.stream().mapToInt(p -> p.imageY() + p.height()).max().orElseThrow();
    return new ImageHeader(
        format,
        "",
        scan.frames(),
        width,
        height,
        panels.stream().map(GeometryHeader::panel).toList(),
        new BeamHeader(
            Optional.of(beam.probe()),
            OptionalDouble.of(beam.wavelength()),
            Optional.of(beam.direction()),
            OptionalDouble.of(beam.polarizationFraction()),
            Optional.of(beam.polarizationNormal())),
        new ScanHeader(
            OptionalDouble.of(scan.start()),
            OptionalDouble.of(scan.width()),
            List.of(),
            Optional.of(goniometer.laboratoryAxis()),
            Optional.of(goniometer.settingRotation().times(goniometer.fixedRotation())),
            OptionalDouble.of(scan.exposure(0)),
            OptionalDouble.empty(),
            scan.transmission()),
        "",
        "",
        "",
        OptionalDouble.of(Math.abs(distance)),
        OptionalDouble.of(first.imageX() + hit.dot(first.fast()) / first.pixelWidth()),
        OptionalDouble.of(first.imageY() + hit.dot(first.slow()) / first.pixelHeight()),
        details,
        List.of(),
        "");
  }

  private static PanelHeader panel(Panel p) {
    return new PanelHeader(
        p.name(),
        p.imageX(),
        p.imageY(),
        p.width(),
        p.height(),
        OptionalDouble.of(p.pixelWidth()),
        OptionalDouble.of(p.pixelHeight()),
        Optional.of(p.origin()),
        Optional.of(p.fast()),
        Optional.of(p.slow()),
        OptionalDouble.of(p.trustedMin()),
        OptionalDouble.of(p.trustedMax()),
        p.sensor().material(),
        OptionalDouble.of(p.sensor().thickness()),
        OptionalDouble.of(p.gain()),
        OptionalDouble.of(p.pedestal()),
        Optional.empty());
  }
}
