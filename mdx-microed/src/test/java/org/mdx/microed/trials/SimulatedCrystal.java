package org.mdx.microed.trials;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Goniometer;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Scan;
import org.mdx.io.instrument.InstrumentProfile;
import org.mdx.io.instrument.Pair;
import org.mdx.io.instrument.Setting;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.microed.process.Values;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.bragg.Background;
import org.mdx.sim.bragg.BraggOptions;
import org.mdx.sim.bragg.Camera;
import org.mdx.sim.bragg.Drift;
import org.mdx.sim.bragg.GeometryOffset;
import org.mdx.sim.bragg.Intensities;
import org.mdx.sim.bragg.Lattice;
import org.mdx.sim.bragg.SpotSweep;

/**
 * A crystal under a microscope of 200 kV, on a signed camera with pedestal, gain and read noise.
 * The header is off by some pixels of the beam centre and half a degree of the axis, the crystal
 * turns a little on the way, and is out of the beam on some frames.
 *
 * @param name of the movie
 * @param cell of the crystal
 * @param group its space group, P 21 and not P 1 21 1
 * @param distance mm
 * @param size pixels along an edge of the camera
 * @param frames of 1°
 * @param blankFirst first frame, from 1, without the crystal; 0 for none
 * @param blankLast last such frame
 */
record SimulatedCrystal(
    String name,
    UnitCell cell,
    String group,
    double distance,
    int size,
    int frames,
    int blankFirst,
    int blankLast) {
  private static final double PIXEL = 0.112;
  private static final double WAVELENGTH = 0.025079;

  /** Whether it shows spots on any frame. */
  boolean diffracts() {
    return blankFirst == 0 || blankLast - blankFirst + 1 < frames;
  }

  SpaceGroup spaceGroup() {
    return SpaceGroup.parse(group);
  }

  /** What is in the folder: a movie, and the profile of its instrument. */
  record Written(Path movie, Path profile, Crystal truth) {}

  /** Writes {@code NAME.mrc} and {@code NAME.toml}. */
  Written write(Path folder, long seed) throws IOException {
    Random random = new Random(seed);
    Camera camera =
        new Camera(
            Camera.Values.INT16,
            1 + 7 * random.nextDouble(),
            -20 + 120 * random.nextDouble(),
            0.2 + 0.8 * random.nextDouble());
    SpotSweep with = SpotSweep.of(options(random, camera, seed));
    SpotSweep without =
        SpotSweep.of(with.options().withLattices(List.of()).withSeed(seed + 1_000_000));
    Path movie = folder.resolve(name + ".mrc");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(movie), 1 << 16)) {
      out.write(header());
      ByteBuffer bytes = ByteBuffer.allocate(2 * size * size).order(ByteOrder.LITTLE_ENDIAN);
      int[][] pixels = {new int[size * size]};
      for (int f = 0; f < frames; f++) {
        boolean blank = f + 1 >= blankFirst && f + 1 <= blankLast;
        (blank ? without : with).read(f, pixels);
        bytes.clear();
        for (int v : pixels[0]) {
          bytes.putShort((short) v);
        }
        out.write(bytes.array());
      }
    }
    Path profile = Files.writeString(folder.resolve(name + ".toml"), profile(with, camera));
    return new Written(movie, profile, with.trueGeometries().get(0).crystal().orElseThrow());
  }

  private BraggOptions options(Random random, Camera camera, long seed) {
    double angle = Math.toRadians(360 * random.nextDouble());
    Vec3 axis = new Vec3(Math.cos(angle), Math.sin(angle), 0);
    Mat3 turn =
        Mat3.rotation(direction(random), 360 * random.nextDouble())
            .times(Mat3.rotation(direction(random), 360 * random.nextDouble()));
    Crystal crystal =
        Crystal.ofRealSpaceAxes(turn.times(cell.reciprocal()).inverse(), spaceGroup());
    Drift drift = new Drift(direction(random).times(0.3 * random.nextDouble()), 0, 0, 0, 0.1);
    double[] exposures = new double[frames];
    Arrays.fill(exposures, 0.5);
    Lattice lattice =
        new Lattice(
            drift.of(crystal, frames),
            1,
            0.003 + 0.002 * random.nextDouble(),
            0.15 + 0.2 * random.nextDouble());
    BraggOptions all =
        BraggOptions.electrons(
            SimulatedDetector.flat(size, size, PIXEL, distance),
            WAVELENGTH,
            new Scan(1, -frames / 2, 1, exposures),
            List.of(lattice))
        .withName(name)
        .withGoniometer(new Goniometer(axis, Mat3.IDENTITY, Mat3.IDENTITY))
        .withCamera(camera)
        .withOffset(
            GeometryOffset.of(within(random, 3), within(random, 3), 0)
                .withAxis(within(random, 0.5), within(random, 0.3)))
        .withBackground(new Background(1 + 2 * random.nextDouble(), 0.35, 0))
        .withIntensities(
            new Intensities(4 + 6 * random.nextDouble(), 2 + 2 * random.nextDouble(), 0, 0.75))
        .withSeed(seed);
    return all.withOffset(all.offset().withBeamDrift(within(random, 0.1)));
  }

  private static double within(Random random, double most) {
    return most * (2 * random.nextDouble() - 1);
  }

  private static Vec3 direction(Random random) {
    return new Vec3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian()).unit();
  }

  /** MRC 2014, mode 1: signed integers of 16 bits. */
  private byte[] header() {
    ByteBuffer b = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
    b.putInt(size).putInt(size).putInt(frames).putInt(1).putInt(0).putInt(0).putInt(0);
    b.putInt(size).putInt(size).putInt(frames);
    b.putFloat(size).putFloat(size).putFloat(frames).putFloat(90).putFloat(90).putFloat(90);
    b.putInt(1).putInt(2).putInt(3).putFloat(0).putFloat(-1).putFloat(-2);
    b.putInt(108, 20140).putFloat(216, -1);
    b.position(208);
    b.put("MAP ".getBytes(StandardCharsets.US_ASCII)).put((byte) 0x44).put((byte) 0x44);
    return b.array();
  }

  private String profile(SpotSweep sweep, Camera camera) {
    Geometry g = sweep.header();
    Panel p = g.detector().panels().get(0);
    Vec3 axis = g.goniometer().axis();
    return String.format(
        Locale.ROOT,
        """
        [beam]
        probe = "electron"
        wavelength = %s
        [detector]
        pixel_size = %s
        distance = %s
        beam_centre = [%s, %s]
        gain = %s
        pedestal = %s
        read_noise = %s
        trusted_range = [-1000, 32000]
        [goniometer]
        axis = [%s, %s, %s]
        [scan]
        start = %s
        width = %s
        """,
        WAVELENGTH,
        PIXEL,
        distance,
        -p.origin().dot(p.fast()) / PIXEL,
        -p.origin().dot(p.slow()) / PIXEL,
        camera.gain(),
        camera.pedestal(),
        camera.gain() * camera.readNoise(),
        axis.x(),
        axis.y(),
        axis.z(),
        g.scan().start(),
        g.scan().width());
  }

  /** What {@code mdx process --profile} makes of the profile, and the known crystal for mP. */
  Values values(Path profile) throws IOException {
    InstrumentProfile p = InstrumentProfile.read(profile);
    Vec3 axis = p.get(Setting.AXIS).orElseThrow();
    Pair centre = p.get(Setting.BEAM_CENTRE).orElseThrow();
    double edge = distance * WAVELENGTH / (size / 2.0 * PIXEL);
    String d = String.format(Locale.ROOT, "%.2f", edge);
    return Values.none()
        .with("profile", profile.toString())
        .with("pedestal", "" + p.get(Setting.PEDESTAL).orElseThrow())
        .with("gain", "" + p.get(Setting.GAIN).orElseThrow())
        .with("distance", "" + distance)
        .with("pixel_size", PIXEL + "," + PIXEL)
        .with("beam_centre", centre.first() + "," + centre.second())
        .with("trusted_range", "-1000,32000")
        .with("axis", axis.x() + "," + axis.y() + "," + axis.z())
        .with("oscillation", -frames / 2 + ",1")
        .with("wavelength", "" + WAVELENGTH)
        .with("probe", "electron")
        .with("d_min", d)
        .with("first_d_min", d)
        .with("scale_d_min", d)
        .with("space_group", group.replace(" ", ""))
        .with("unit_cell", cellWords());
  }

  private String cellWords() {
    return String.format(
        Locale.ROOT,
        "%s,%s,%s,%s,%s,%s",
        cell.a(),
        cell.b(),
        cell.c(),
        cell.alpha(),
        cell.beta(),
        cell.gamma());
  }
}
