package org.mdx.io.cbf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.mdx.geometry.Beam;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Goniometer;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Probe;
import org.mdx.geometry.Scan;
import org.mdx.geometry.Sensor;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/** Small pictures and geometries for the tests of this package. */
final class CbfFixture {
  private CbfFixture() {}

  static Panel panel(int width, int height, int imageX, int imageY) {
    return new Panel(
        "p" + imageX,
        new Vec3(-1.1, 0.7, -80),
        new Vec3(1, 0, 0),
        new Vec3(0, -1, 0),
        0.172,
        0.172,
        width,
        height,
        0,
        1_048_499,
        new Sensor("Si", 0.45, 3.9, true),
        1,
        0,
        List.of(),
        imageX,
        imageY,
        0);
  }

  static Detector detector(int width, int height) {
    return new Detector(List.of(panel(width, height, 0, 0)));
  }

  static Geometry geometry(int width, int height) {
    return new Geometry(
        new Beam(Probe.X_RAY, 0.9768, new Vec3(0, 0, 1), 0.999, new Vec3(0, 1, 0)),
        detector(width, height),
        new Goniometer(new Vec3(1, 0, 0), Mat3.IDENTITY, Mat3.IDENTITY),
        new Scan(1, 10, 0.5, new double[] {0.04, 0.04, 0.04}),
        null);
  }

  static int[] pixels(int count, long seed) {
    Random random = new Random(seed);
    int[] pixels = new int[count];
    for (int i = 0; i < count; i++) {
      pixels[i] =
          switch (random.nextInt(20)) {
            case 0 -> -1;
            case 1 -> -2;
            case 2 -> random.nextInt(1_000_000);
            default -> random.nextInt(50);
          };
    }
    return pixels;
  }

  /** A picture in its plain, gzip and bzip2 form, all named .cbf. */
  static List<Path> allForms(Path folder, int width, int height, long seed) throws IOException {
    Path plain = folder.resolve("plain.cbf");
    CbfWriter.write(
        plain,
        CbfHeader.pilatus(geometry(width, height), 1, "PILATUS test, S/N 1-2"),
        pixels(width * height, seed),
        width,
        height);
    byte[] bytes = Files.readAllBytes(plain);
    List<Path> files = new ArrayList<>(List.of(plain));
    ByteArrayOutputStream gz = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(gz)) {
      out.write(bytes);
    }
    files.add(Files.write(folder.resolve("gz.cbf"), gz.toByteArray()));
    ByteArrayOutputStream bz2 = new ByteArrayOutputStream();
    try (OutputStream out = new BZip2CompressorOutputStream(bz2, 1)) {
      out.write(bytes);
    }
    files.add(Files.write(folder.resolve("bz2.cbf"), bz2.toByteArray()));
    return files;
  }
}
