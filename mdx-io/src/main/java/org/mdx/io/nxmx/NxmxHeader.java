package org.mdx.io.nxmx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.geometry.Probe;
import org.mdx.io.DecimalText;
import org.mdx.io.image.ImageHeader;
import org.mdx.io.image.ImageHeaderBuilder;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/** Collects what a file says about its frames. */
final class NxmxHeader {
  private static final double HC = 12398.419843320026; // eV·Å, exact since 2019

  private final NxmxEntry entry;
  private final String detector;
  private final ImageHeaderBuilder b;
  private final int thresholds;

  private NxmxHeader(NxmxEntry entry, NxmxFrames frames) {
    this.entry = entry;
    this.detector = NxmxDetector.place(entry);
    this.thresholds = frames.thresholds();
    this.b =
        ImageHeader.builder(
            entry.isDefined() ? "NXmx" : "Dectris HDF5",
            frames.type().toString(),
            frames.count(),
            frames.width(),
            frames.height());
  }

  static ImageHeader read(NxmxEntry entry, NxmxFrames frames) {
    NxmxHeader h = new NxmxHeader(entry, frames);
    h.beam();
    h.detector(frames);
    NxmxDetector.describe(entry, frames, h.b);
    h.scan(frames.count() / frames.thresholds());
    h.triggers();
    h.thresholds(frames.thresholds());
    return h.b.build();
  }

  private void beam() {
    String instrument = entry.group("", "NXinstrument", "instrument");
    String sample = entry.group("", "NXsample", "sample");
    double wavelength = Double.NaN;
    for (String parent : new String[] {sample, instrument}) {
      String beam = parent == null ? null : entry.group(parent, "NXbeam", "beam");
      if (beam != null && Double.isNaN(wavelength)) {
        wavelength = entry.quantity(beam + "/incident_wavelength", "angstrom");
        double energy = entry.quantity(beam + "/incident_energy", "eV");
        wavelength = Double.isNaN(wavelength) && energy > 0 ? HC / energy : wavelength;
      }
    }
    double photons = entry.quantity(detector + "/photon_energy", "eV");
    b.wavelength(Double.isNaN(wavelength) && photons > 0 ? HC / photons : wavelength);
    b.direction(new Vec3(0, 0, 1));
    String attenuator =
        instrument == null ? null : entry.group(instrument, "NXattenuator", "attenuator");
    if (attenuator != null) {
      b.transmission(entry.number(attenuator + "/attenuator_transmission"));
    }
    String source = entry.group("", "NXsource", "source");
    String probe = source == null ? "" : entry.text(source + "/probe");
    switch (probe) {
      case "x-ray", "synchrotron x-ray" -> b.probe(Probe.X_RAY);
      case "electron" -> b.probe(Probe.ELECTRON);
      case "neutron" -> b.probe(Probe.NEUTRON);
      default -> {}
    }
  }

  private void detector(NxmxFrames frames) {
    b.detector(
        entry.text(detector + "/description"),
        first(entry.text(detector + "/serial_number"), entry.text(detector + "/detector_number")));
    b.date(
        first(
            entry.text("start_time"),
            entry.text(detector + "/detectorSpecific/data_collection_date")));
    String material = entry.text(detector + "/sensor_material");
    b.sensor(
        material.equalsIgnoreCase("silicon") ? "Si" : material,
        entry.quantity(detector + "/sensor_thickness", "m"));
    double low = entry.number(detector + "/underload_value");
    double high = entry.number(detector + "/saturation_value");
    for (String cutoff : new String[] {"", "/detectorModule_000"}) {
      String path = detector + "/detectorSpecific" + cutoff + "/countrate_correction_count_cutoff";
      high = Double.isNaN(high) ? entry.number(path) : high;
    }
    b.trusted(Double.isNaN(low) && high > 0 ? 0 : low, high);
    double time = entry.quantity(detector + "/count_time", "s");
    double period = entry.quantity(detector + "/frame_time", "s");
    b.exposure(Double.isNaN(time) ? period : time, period);
    b.mask(frames.mask());
  }

  private static String first(String one, String other) {
    return one.isEmpty() ? other : one;
  }

  private void scan(int frames) {
    String sample = entry.group("", "NXsample", "sample");
    String start = sample == null ? "" : entry.text(sample + "/depends_on");
    if (!start.isEmpty() && !start.equals(".")) {
      chain(Transformations.chain(entry, NxmxEntry.resolve(entry.at(sample), start)), frames);
      return;
    }
    if (sample != null) {
      boolean vertical = entry.text(detector + "/detector_number").equals("E-32-0105");
      Vec3 omega = Transformations.toLaboratory(vertical ? new Vec3(0, 1, 0) : new Vec3(-1, 0, 0));
      circles(DectrisCircles.read(entry, sample + "/goniometer"), omega, frames);
    }
  }

  /**
   * Dectris: angles of each circle, without directions. Omega's is known, and phi's where the
   * circles between them are at 0: then it is the same.
   */
  private void circles(DectrisCircles circles, Vec3 omega, int frames) {
    String scan = circles.scanned();
    double[] angles = circles.angles(scan);
    if (angles.length > 0) {
      oscillation(angles, circles.ends(scan), frames, circles.width(scan));
    } else if (!Double.isNaN(circles.width(scan))) {
      b.oscillation(0, circles.width(scan));
    }
    for (String other : circles.others(scan)) {
      b.detail("Goniometer " + other, circles.angles(other)[0] + "°");
    }
    b.detail("Scan axis", scan);
    if (scan.equals("omega")) {
      b.axis(omega);
    } else if (scan.equals("phi") && circles.betweenIsZero()) {
      double[] at = circles.angles("omega");
      b.axis(omega).fixedRotation(Mat3.rotation(omega, at.length == 0 ? 0 : at[0]));
    } else {
      b.note(
          "the scan is about "
              + scan
              + ", of which the file does not tell the direction; give it with --axis X,Y,Z");
    }
  }

  private void chain(List<Transformations.Step> chain, int frames) {
    int scanAxis = -1;
    for (int i = 0; i < chain.size() && scanAxis < 0; i++) {
      scanAxis = chain.get(i).rotation() && chain.get(i).varies() ? i : -1;
    }
    // of a single frame the axis whose end differs from its beginning
    for (int i = 0; i < chain.size() && scanAxis < 0; i++) {
      scanAxis = chain.get(i).rotation() && chain.get(i).turnsDuringFrame() ? i : -1;
    }
    for (int i = 0; i < chain.size() && scanAxis < 0; i++) {
      scanAxis = chain.get(i).rotation() ? i : -1;
    }
    for (int i = 0; i < chain.size(); i++) {
      Transformations.Step s = chain.get(i);
      if (i != scanAxis && s.rotation()) {
        b.detail("Goniometer " + s.name(), s.values()[0] + "°");
      }
    }
    if (scanAxis >= 0) {
      Transformations.Step s = chain.get(scanAxis);
      b.detail("Scan axis", s.name());
      b.axis(NxmxDetector.axis(chain, scanAxis));
      b.fixedRotation(NxmxDetector.fixedRotation(chain, scanAxis));
      oscillation(s.values(), s.ends(), frames, Double.NaN);
    }
  }

  /** The start, and the median of the widths, which single frames may miss. */
  private void oscillation(double[] starts, double[] ends, int frames, double otherwise) {
    int n = Math.min(starts.length, frames);
    List<Double> widths = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      if (ends.length == starts.length) {
        widths.add(ends[i] - starts[i]);
      } else if (i > 0) {
        widths.add(starts[i] - starts[i - 1]);
      }
    }
    b.oscillation(starts[0], widths.isEmpty() ? otherwise : median(widths));
    if (starts.length == frames) {
      List<Double> angles = new ArrayList<>();
      for (int t = 0; t < thresholds; t++) {
        Arrays.stream(starts).forEach(angles::add);
      }
      b.angles(angles);
    }
  }

  private static double median(List<Double> values) {
    List<Double> v = values.stream().sorted().toList();
    int n = v.size();
    return n % 2 == 1 ? v.get(n / 2) : (v.get(n / 2 - 1) + v.get(n / 2)) / 2;
  }

  private void thresholds(int count) {
    if (count > 1) {
      b.detail("Thresholds", String.valueOf(count));
      double[] energies = entry.numbers(detector + "/threshold_energy");
      for (int t = 0; t < count && energies.length == count; t++) {
        double factor = entry.factor(entry.at(detector + "/threshold_energy"), "units", "eV");
        b.detail("Threshold " + (t + 1), DecimalText.of(energies[t] * factor) + " eV");
      }
    }
  }

  private void triggers() {
    String specific = detector + "/detectorSpecific";
    for (String name : new String[] {"nimages", "ntrigger"}) {
      double v = entry.number(specific + "/" + name);
      if (!Double.isNaN(v)) {
        b.detail(name, String.valueOf((long) v));
      }
    }
  }
}
