package org.mdx.cli.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.io.image.PixelType;
import org.mdx.io.sim.BraggFiles;
import org.mdx.io.sim.CrystalSeriesWriter;
import org.mdx.io.sim.MovieWriter;
import org.mdx.io.sim.SimulatedFiles;
import org.mdx.io.sim.SimulationWriter;
import org.mdx.io.sim.SpotSweepWriter;
import org.mdx.sim.Absence;
import org.mdx.sim.CrystalSeries;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;
import org.mdx.sim.bragg.BraggOptions;
import org.mdx.sim.bragg.SpotSweep;
import org.mdx.sim.bragg.SweepKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes simulated sweeps as image files. */
@Command(
    name = "simulate",
    description = {
      "Simulate sweeps and a background, and write them as CBF images with .expt files and a mask,",
      "or sweeps of electron diffraction as Velox EMD movies.",
      "For trials, tests and measurements of speed; docs/simulator.md tells what is in them."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class SimulateCommand implements Callable<Integer> {

  /** Detector and crystal. */
  enum Preset {
    /** The sweeps of {@code mdx demo}: cubic, 300,000 pixels. */
    DEMO,
    /** Cubic, PILATUS 300K. */
    PILATUS_300K,
    /** Tetragonal, PILATUS 2M. */
    PILATUS_2M,
    /** Cubic, electrons, 260,000 pixels. */
    MICROED;

    private SimulationOptions options() {
      return switch (this) {
        case DEMO -> SimulationOptions.demo();
        case PILATUS_300K -> SimulationOptions.pilatus300K();
        case PILATUS_2M -> SimulationOptions.pilatus2M();
        case MICROED -> SimulationOptions.microEd();
      };
    }
  }

  @Option(
      names = "--kind",
      paramLabel = "NAME",
      description =
          "In place of a preset, a sweep of Bragg spots whose truth is written beside it: demo,"
              + " pilatus2m, p1, monoclinic, long-axis, two-lattices, wedge, microed, drift or"
              + " fine-slices. --seed varies cell, orientation, spots and errors of the headers.")
  private String kind;

  /** Names and folders of images. */
  enum Layout {
    /** A folder for each sweep. */
    FOLDERS,
    /** As the published example of many insulin crystals has it. */
    INSULIN
  }

  @Option(
      names = "--layout",
      paramLabel = "NAME",
      defaultValue = "FOLDERS",
      description =
          "Names of images: ${COMPLETION-CANDIDATES}. INSULIN: several sweeps of each crystal and a"
              + " background for each, insulin_1_1_00001.cbf, insulin_1_bkg_1_00001.cbf, …, and the"
              + " truth below truth/.")
  private Layout layout;

  @Option(
      names = "--crystals",
      paramLabel = "N,N,…",
      split = ",",
      description = "Of the layout INSULIN: sweeps of each crystal; 2,2 unless given.")
  private List<Integer> crystals;

  @Option(
      names = "--beam-drift",
      paramLabel = "MRAD",
      description =
          "With --kind: the beam turns by so much during the scan, which the headers do not tell.")
  private double beamDrift;

  private static final Pattern ABSENCE = Pattern.compile("(\\d{1,6}):(\\d{1,6})-(\\d{1,6})");

  /** Of one of several sweeps of a crystal. */
  private static final int FRAMES_OF_A_SWEEP = 60;

  /** Of the microscope that is simulated. */
  private static final double VOLTS = 200000;

  @Mixin private CommonOptions common;

  @Option(
      names = {"-o", "--output", "--out"},
      paramLabel = "DIR",
      required = true,
      description = "Folder for the images; made if there is none.")
  private Path out;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = "DEMO",
      description = "Detector and crystal: ${COMPLETION-CANDIDATES}.")
  private Preset preset;

  /** Files of images. */
  enum Format {
    /** An image a file, with experiment lists, a mask and a background. */
    CBF,
    /** A movie of each sweep in the layout of Velox. */
    EMD
  }

  @Option(
      names = "--format",
      paramLabel = "NAME",
      defaultValue = "CBF",
      description = "Files of images: ${COMPLETION-CANDIDATES}; EMD is for MICROED.")
  private Format format;

  @Option(
      names = "--pixels",
      paramLabel = "TYPE",
      defaultValue = "UINT16",
      description = "Pixels of EMD movies: int16, uint16, int32 or uint32.")
  private PixelType pixels;

  @Option(names = "--sweeps", paramLabel = "N", description = "Number of crystals.")
  private Integer sweeps;

  @Option(names = "--frames", paramLabel = "N", description = "Frames of each sweep.")
  private Integer frames;

  @Option(names = "--width", paramLabel = "DEGREES", description = "Rotation of each frame.")
  private Double width;

  @Option(names = "--exposure", paramLabel = "SECONDS", description = "Exposure of each frame.")
  private Double exposure;

  @Option(
      names = "--cell",
      paramLabel = "A,B,C,AL,BE,GA",
      split = ",",
      description = "Another unit cell, with --space-group.")
  private double[] cell;

  @Option(
      names = "--space-group",
      paramLabel = "SYMBOL",
      description = "Its space group, Hermann-Mauguin or Hall.")
  private String spaceGroup;

  /** The group, and a word where its name could mean another. */
  static SpaceGroup group(String name, CommonOptions common) {
    SpaceGroup group = SpaceGroup.parse(name);
    SpaceGroup.otherReading(name)
        .ifPresent(
            other ->
                common
                    .out()
                    .println(
                        "space group '"
                            + name
                            + "' is read as a Hermann-Mauguin symbol, "
                            + group
                            + " (Hall "
                            + group.hall().trim()
                            + "); for the Hall symbol, "
                            + other
                            + ", give 'Hall: "
                            + name
                            + "'"));
    return group;
  }

  @Option(
      names = "--absent",
      paramLabel = "SWEEP:FIRST-LAST",
      description =
          "Images on which a crystal is out of the beam, such as 2:31-50; on all of them, it does"
              + " not diffract. Several times if wanted.")
  private List<String> absent = List.of();

  @Option(names = "--seed", paramLabel = "N", description = "Another crystal and other noise.")
  private Long seed;

  @Override
  public Integer call() throws IOException {
    if (kind == null && beamDrift != 0) {
      throw common.usage("--beam-drift goes with --kind");
    }
    if (kind != null) {
      return spots();
    }
    if (crystals != null && layout != Layout.INSULIN) {
      throw common.usage("--crystals goes with --layout insulin");
    }
    SimulationOptions options = common.checked(this::options);
    if (layout == Layout.INSULIN) {
      return series(options);
    }
    if (format == Format.EMD) {
      for (Path p : movies(Simulation.of(options))) {
        common.out().println("wrote " + p);
      }
      return 0;
    }
    SimulatedFiles files =
        SimulationWriter.write(Simulation.of(options), out, common.parallel(), common.progress());
    for (Path p : files.indexed()) {
      common.out().println("wrote " + p);
    }
    common.out().println("wrote " + files.background());
    return 0;
  }

  private int series(SimulationOptions options) throws IOException {
    if (sweeps != null || !absent.isEmpty() || format != Format.CBF) {
      throw common.usage(
          "--layout insulin: --crystals tells the sweeps; --absent and other formats do not go with"
              + " it");
    }
    List<Integer> counts = crystals == null ? List.of(2, 2) : crystals;
    CrystalSeries series = common.checked(() -> CrystalSeries.of(options, counts));
    List<Path> lists =
        CrystalSeriesWriter.write(series, "insulin", out, common.parallel(), common.progress());
    lists.forEach(p -> common.out().println("wrote " + p + " and its images"));
    return 0;
  }

  private int spots() throws IOException {
    boolean preset =
        sweeps != null
            || layout != Layout.FOLDERS
            || crystals != null
            || frames != null
            || width != null
            || exposure != null
            || cell != null
            || spaceGroup != null
            || !absent.isEmpty()
            || format != Format.CBF;
    if (preset) {
      throw common.usage(
          "--kind goes with --seed, --beam-drift and --out only: the kind and its seed tell all the rest");
    }
    BraggOptions options =
        common.checked(
            () -> {
              BraggOptions o = SweepKind.ofLabel(kind).options(seed == null ? 1 : seed);
              return beamDrift == 0 ? o : o.withOffset(o.offset().withBeamDrift(beamDrift));
            });
    SpotSweep sweep = SpotSweep.of(options);
    BraggFiles files = SpotSweepWriter.write(sweep, out, common.parallel(), common.progress());
    common.out().println(sweep);
    common.out().println("wrote " + files.imported());
    common.out().println("wrote " + files.truth());
    common.out().println("wrote " + files.spots());
    return 0;
  }

  private List<Path> movies(Simulation simulation) throws IOException {
    if (preset != Preset.MICROED) {
      throw common.usage("--format EMD: movies are of electrons; use --preset MICROED");
    }
    return MovieWriter.write(simulation, VOLTS, pixels, out, common.parallel(), common.progress());
  }

  private SimulationOptions options() {
    SimulationOptions o = preset.options();
    int usual = layout == Layout.INSULIN ? Math.min(o.frames(), FRAMES_OF_A_SWEEP) : o.frames();
    o =
        o.withFrames(
            frames == null ? usual : frames,
            width == null ? o.frameWidth() : width,
            exposure == null ? o.exposure() : exposure);
    if (sweeps != null) {
      o = o.withSweeps(sweeps);
    }
    if (cell != null || spaceGroup != null) {
      o = o.withCrystal(cell(), group(spaceGroup, common));
    }
    o = o.withAbsences(absent.stream().map(SimulateCommand::absence).toList());
    return seed == null ? o : o.withSeed(seed);
  }

  private UnitCell cell() {
    if (cell == null || cell.length != 6 || spaceGroup == null) {
      throw new IllegalArgumentException(
          "another crystal needs --cell with six numbers and --space-group");
    }
    return new UnitCell(cell[0], cell[1], cell[2], cell[3], cell[4], cell[5]);
  }

  private static Absence absence(String text) {
    Matcher m = ABSENCE.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "--absent " + text + ": give the sweep and its images, such as 2:31-50");
    }
    return new Absence(
        Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3)));
  }
}
