package org.mdx.microed.process.engine;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.mdx.image.ImageSource;
import org.mdx.image.Pixels;
import org.mdx.io.image.ImageFiles;
import org.mdx.io.image.ImageHeader;

/**
 * Movies as one MRC stack (<a href="https://www.ccpem.ac.uk/mrc_format/mrc2014.php">MRC 2014</a>),
 * which DIALS reads without an extension. No count is changed: signed counts stay signed, and the
 * pedestal is left to DIALS. Pixels are 16 bit integers, signed (mode 1) or not (mode 6), as the
 * movie has them; of others 32 bit floats (mode 2), which hold integers up to 2²⁴ exactly.
 */
public final class MrcConversion implements NativeStep {
  public static final String STEP = "convert";
  public static final String TASK = "mdx.convert";
  public static final String FILE = "image.mrc";

  private static final int HEADER = 1024;
  private static final int EXACT = 1 << 24;

  /** Real numbers are kept to 2 to the power of minus this. */
  private static final int FRACTION_BITS = 8;

  @Override
  public void run(StepRun run, PrintWriter log) throws IOException {
    List<Path> files = run.arguments().stream().map(Path::of).toList();
    if (files.isEmpty()) {
      throw new IllegalArgumentException("no movie to convert");
    }
    List<ImageHeader> headers = new ArrayList<>();
    for (Path f : files) {
      headers.add(ImageFiles.header(f));
    }
    ImageHeader first = headers.get(0);
    int frames = headers.stream().mapToInt(ImageHeader::frames).sum();
    int mode = mode(first.pixelType());
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(run.folder().resolve(FILE)), 1 << 16)) {
      out.write(header(first.width(), first.height(), frames, mode));
      int done = 0;
      for (Path f : files) {
        done += write(f, first, mode, out);
      }
      log.printf("%d frames of %d x %d, mode %d%n", done, first.width(), first.height(), mode);
    }
  }

  private static int mode(String type) {
    return switch (type) {
      case "int8", "int16" -> 1;
      case "uint8", "uint16" -> 6;
      default -> 2;
    };
  }

  private static byte[] header(int width, int height, int frames, int mode) {
    ByteBuffer b = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    b.putInt(width).putInt(height).putInt(frames).putInt(mode);
    b.putInt(0).putInt(0).putInt(0);
    b.putInt(width).putInt(height).putInt(frames);
    b.putFloat(width).putFloat(height).putFloat(frames).putFloat(90).putFloat(90).putFloat(90);
    b.putInt(1).putInt(2).putInt(3);
    // minimum above maximum, mean below both, rms negative: not determined
    b.putFloat(0).putFloat(-1).putFloat(-2);
    b.putInt(108, 20140).putFloat(216, -1);
    b.position(208);
    b.put("MAP ".getBytes(StandardCharsets.US_ASCII)).put((byte) 0x44).put((byte) 0x44);
    return b.array();
  }

  private static int write(Path file, ImageHeader first, int mode, OutputStream out)
      throws IOException {
    ImageSource source = ImageFiles.open(file);
    if (source.panels() != 1
        || source.width(0) != first.width()
        || source.height(0) != first.height()) {
      throw new IllegalArgumentException(
          file + " has other images than the first file; give movies of one size, of one panel");
    }
    int[][] counts = {new int[first.width() * first.height()]};
    byte[] bytes = new byte[counts[0].length * (mode == 2 ? 4 : 2)];
    ByteBuffer stored = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int f = 0; f < source.frames(); f++) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("interrupted");
      }
      boolean real = source.hasFractions();
      source.read(f, real ? FRACTION_BITS : 0, counts);
      stored.clear();
      for (int c : counts[0]) {
        if (mode != 2) {
          stored.putShort((short) c);
        } else if (Pixels.isMasked(c)) {
          stored.putFloat(real ? Float.NaN : -1);
        } else if (real && c < Integer.MAX_VALUE) {
          stored.putFloat((float) Math.scalb((double) c, -FRACTION_BITS));
        } else if (Math.abs((long) c) <= EXACT) {
          stored.putFloat(c);
        } else {
          throw new IllegalArgumentException(
              source.describe(f)
                  + " has a count of "
                  + c
                  + ", which 32 bit floats do not hold exactly; let DIALS read the movie itself,"
                  + " with --convert none");
        }
      }
      out.write(bytes);
    }
    return source.frames();
  }
}
