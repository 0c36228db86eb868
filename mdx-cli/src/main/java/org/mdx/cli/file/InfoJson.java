package org.mdx.cli.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mdx.io.image.ImageHeader;
import org.mdx.io.image.PanelHeader;
import org.mdx.math.Vec3;

/** Writes the facts of a file for programs; unknown ones are absent. */
final class InfoJson {
  private InfoJson() {}

  static ObjectNode of(FileInfo info) {
    ImageHeader h = info.header();
    ObjectNode n = JsonNodeFactory.instance.objectNode();
    n.put("file", info.name()).put("format", h.format());
    text(n, "pixel_type", h.pixelType());
    n.put("frames", h.frames()).put("width", h.width()).put("height", h.height());
    text(n, "detector", h.detector());
    text(n, "serial", h.serial());
    text(n, "date", h.date());
    h.beam().probe().ifPresent(p -> n.put("probe", p.name().toLowerCase(Locale.ROOT)));
    number(n, "wavelength", h.beam().wavelength());
    vector(n, "direction", h.beam().direction());
    number(n, "polarization_fraction", h.beam().polarizationFraction());
    vector(n, "polarization_normal", h.beam().polarizationNormal());
    number(n, "distance", h.distance());
    pair(n, "beam_centre", h.beamX(), h.beamY());
    number(n, "oscillation_start", h.scan().start());
    number(n, "oscillation_width", h.scan().width());
    if (!h.scan().angles().isEmpty()) {
      ArrayNode angles = n.putArray("angles");
      h.scan().angles().forEach(angles::add);
    }
    vector(n, "axis", h.scan().axis());
    number(n, "exposure_time", h.scan().exposureTime());
    number(n, "exposure_period", h.scan().exposurePeriod());
    number(n, "transmission", h.scan().transmission());
    ArrayNode panels = n.putArray("panels");
    h.panels().forEach(p -> panels.add(panel(p)));
    info.counts().ifPresent(c -> n.set("first_frame", counts(c)));
    text(n, "images", info.problem());
    h.notes().forEach(n.putArray("notes")::add);
    if (!h.unplaceable().isEmpty()) {
      n.put("unplaceable", h.unplaceable());
    }
    ObjectNode details = n.putObject("details");
    h.details().forEach(details::put);
    return n;
  }

  private static ObjectNode panel(PanelHeader p) {
    ObjectNode n = JsonNodeFactory.instance.objectNode();
    n.put("name", p.name()).put("image_x", p.imageX()).put("image_y", p.imageY());
    n.put("width", p.width()).put("height", p.height());
    pair(n, "pixel_size", p.pixelWidth(), p.pixelHeight());
    vector(n, "origin", p.origin());
    vector(n, "fast", p.fast());
    vector(n, "slow", p.slow());
    number(n, "trusted_min", p.trustedMin());
    number(n, "trusted_max", p.trustedMax());
    text(n, "material", p.material());
    number(n, "thickness", p.thickness());
    number(n, "gain", p.gain());
    number(n, "pedestal", p.pedestal());
    p.mask().ifPresent(m -> n.put("masked_by_file", m.count()));
    return n;
  }

  private static ObjectNode counts(FrameCounts c) {
    ObjectNode n = JsonNodeFactory.instance.objectNode();
    n.put("pixels", c.pixels()).put("masked", c.masked()).put("negative", c.negative());
    return n.put("saturated", c.saturated()).put("sum", c.sum()).put("max", c.max());
  }

  private static void text(ObjectNode n, String key, String value) {
    if (!value.isEmpty()) {
      n.put(key, value);
    }
  }

  private static void number(ObjectNode n, String key, OptionalDouble v) {
    v.ifPresent(d -> n.put(key, d));
  }

  private static void pair(ObjectNode n, String key, OptionalDouble a, OptionalDouble b) {
    if (a.isPresent() && b.isPresent()) {
      n.putArray(key).add(a.getAsDouble()).add(b.getAsDouble());
    }
  }

  private static void vector(ObjectNode n, String key, Optional<Vec3> v) {
    v.ifPresent(w -> n.putArray(key).add(w.x()).add(w.y()).add(w.z()));
  }
}
