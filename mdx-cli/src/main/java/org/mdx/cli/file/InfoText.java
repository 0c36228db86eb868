package org.mdx.cli.file;

import java.util.Locale;
import java.util.OptionalDouble;
import org.mdx.io.DecimalText;
import org.mdx.io.image.ImageHeader;
import org.mdx.io.image.PanelHeader;

/** Writes the facts of a file for people: a line for each thing, and none for what is unknown. */
final class InfoText {
  private final StringBuilder text = new StringBuilder();

  private InfoText() {}

  static String of(FileInfo info, boolean details) {
    InfoText t = new InfoText();
    t.text.append(info.name()).append(":\n");
    ImageHeader h = info.header();
    t.line("format", h.format() + (h.pixelType().isEmpty() ? "" : ", " + h.pixelType()));
    t.line("frames", h.frames() + " of " + h.width() + " x " + h.height() + " pixels");
    t.line("detector", h.detector());
    t.line("serial", h.serial());
    t.line("date", h.date());
    h.beam().probe().ifPresent(p -> t.line("probe", p.name().toLowerCase(Locale.ROOT)));
    t.line("wavelength", h.beam().wavelength(), " Å");
    t.line("polarization", h.beam().polarizationFraction(), "");
    t.line("distance", h.distance(), " mm");
    if (h.beamX().isPresent() && h.beamY().isPresent()) {
      t.line("beam centre", number(h.beamX()) + ", " + number(h.beamY()) + " pixels");
    }
    t.scan(h);
    for (PanelHeader p : h.panels()) {
      t.panel(p, h.panels().size() > 1);
    }
    info.counts().ifPresent(t::counts);
    t.line("images", info.problem());
    h.notes().forEach(n -> t.line("note", n));
    t.line("detector's place", h.unplaceable());
    if (details || h.format().startsWith("DIALS")) {
      h.details().forEach(t::line);
    }
    return t.text.toString();
  }

  private void line(String label, String value) {
    if (!value.isEmpty()) {
      String indented = value.strip().replaceAll("\\s*\\R\\s*", "; ");
      text.append(String.format(Locale.ROOT, "  %-16s %s%n", label, indented));
    }
  }

  private void line(String label, OptionalDouble value, String unit) {
    if (value.isPresent()) {
      line(label, number(value) + unit);
    }
  }

  private static String number(OptionalDouble v) {
    return DecimalText.of(v.orElse(Double.NaN));
  }

  private void scan(ImageHeader h) {
    if (h.scan().start().isPresent()) {
      line(
          "oscillation",
          "from "
              + number(h.scan().start())
              + "°"
              + (h.scan().width().isPresent()
                  ? " by " + number(h.scan().width()) + "° for a frame"
                  : ""));
    }
    if (!h.scan().angles().isEmpty()) {
      double last = h.scan().angles().get(h.scan().angles().size() - 1);
      line("angles", "noted for each frame, the last " + DecimalText.of(last) + "°");
    }
    h.scan().axis().ifPresent(a -> line("axis", DecimalText.of(a)));
    line("exposure", h.scan().exposureTime(), " s");
    line("period", h.scan().exposurePeriod(), " s");
    line("transmission", h.scan().transmission(), "");
  }

  private void panel(PanelHeader p, boolean several) {
    if (several) {
      line(
          "panel " + p.name(),
          p.width() + " x " + p.height() + " pixels at " + p.imageX() + ", " + p.imageY());
    }
    if (p.pixelWidth().isPresent()) {
      line("pixel size", number(p.pixelWidth()) + " x " + number(p.pixelHeight()) + " mm");
    }
    if (p.origin().isPresent()) {
      line("origin", DecimalText.of(p.origin().get()) + " mm");
      line(
          "fast, slow",
          DecimalText.of(p.fast().orElseThrow()) + ", " + DecimalText.of(p.slow().orElseThrow()));
    }
    if (p.trustedMin().isPresent() || p.trustedMax().isPresent()) {
      String max = p.trustedMax().isPresent() ? number(p.trustedMax()) : "…";
      line("trusted", DecimalText.of(p.trustedMin().orElse(0)) + " to " + max);
    }
    if (p.thickness().isPresent() && p.thickness().getAsDouble() > 0) {
      line("sensor", p.material() + " " + number(p.thickness()) + " mm");
    }
    line("gain", p.gain(), "");
    line("pedestal", p.pedestal(), "");
    p.mask().ifPresent(m -> line("mask", m.count() + " pixels left out by the file"));
  }

  private void counts(FrameCounts c) {
    line(
        "first frame",
        String.format(
            Locale.ROOT,
            "%d pixels: %d masked, %d negative, %d saturated; the others sum to %d, at most %d",
            c.pixels(),
            c.masked(),
            c.negative(),
            c.saturated(),
            c.sum(),
            c.max()));
  }
}
