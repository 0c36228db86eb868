package org.mdx.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.mdx.geometry.CorrectionFactors;
import org.mdx.geometry.PixelCorrections;
import org.mdx.geometry.PixelMillerIndex;
import org.mdx.geometry.Scan;
import org.mdx.image.BinnedImageSeries;
import org.mdx.image.FrameBuffer;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;
import org.mdx.image.PixelResponse;
import org.mdx.math.Vec3;

/**
 * The key of all that decides a sweep's corrected intensities: options, background, geometry and
 * images. Geometry goes in by what it gives at pixels spread over the detector in every frame, not
 * by its parameters, so that nothing that acts can be forgotten; images by the values and masks of
 * frames spread over the scan, not by their names, so that a folder may be mounted elsewhere.
 */
final class SweepKey {
  /** Changes when the steps change in what they compute. */
  private static final String STEPS = "mdx sweep to corrected intensities, 1";

  private static final int FRAMES = 10;
  private static final int PIXELS = 4;

  private final MessageDigest digest;
  private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

  private SweepKey() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The key of the one sweep of a stage. */
  static String of(Sweeps one, ReductionOptions options) {
    SweepKey key = new SweepKey();
    Sweep sweep = one.sweeps().get(0);
    Context context = one.context();
    key.add(STEPS);
    key.add(options.bragg().toString());
    key.add(options.integration().conventions(context.conventions()).toString());
    key.add(options.correction().conventions(context.conventions()).toString());
    key.add(context.conventions().toString());
    one.background().ifPresent(key::add);
    one.background()
        .flatMap(b -> b.attenuation(sweep.geometry().scan().transmission(), context.conventions()))
        .ifPresent(key::add);
    key.add(sweep, context);
    key.add(sweep.images());
    return HexFormat.of().formatHex(key.digest.digest());
  }

  private void add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private void add(double value) {
    number.clear();
    digest.update(number.putDouble(value).flip());
  }

  private void add(double[] values) {
    add(values.length);
    for (double v : values) {
      add(v);
    }
  }

  private void add(BinnedImageSeries background) {
    add("background");
    for (BinnedImageSeries.Bins bins : background.panels()) {
      add(bins.rate());
      bins.variance().ifPresent(this::add);
    }
  }

  private void add(Sweep sweep, Context context) {
    Scan scan = sweep.geometry().scan();
    ImageSource source = sweep.images().source();
    PixelMillerIndex indices = sweep.pixelIndex(context.conventions());
    PixelCorrections corrections = sweep.pixelCorrections(context.conventions());
    sweep.crystal().spaceGroup().operators().forEach(o -> add(o.toString()));
    add(sweep.crystal().a().toRowMajor());
    add(source.chunks().map(Object::toString).orElse("no chunks"));
    add(source.panels());
    for (int f = 0; f < scan.frames(); f++) {
      add(scan.phi(f));
      add(scan.exposure(f));
      PixelMillerIndex.Frame frame = indices.frame(f);
      for (int p = 0; p < source.panels(); p++) {
        addIndices(frame, p, source);
      }
    }
    for (int p = 0; p < source.panels(); p++) {
      addCorrections(corrections, p, source);
    }
  }

  private void addIndices(PixelMillerIndex.Frame frame, int panel, ImageSource source) {
    int lastIy = source.height(panel) - 1;
    int lastIx = source.width(panel) - 1;
    for (int y = 0; y <= PIXELS; y++) {
      for (int x = 0; x <= PIXELS; x++) {
        Vec3 hkl = frame.at(panel, lastIy * y / PIXELS, lastIx * x / PIXELS);
        add(hkl.x());
        add(hkl.y());
        add(hkl.z());
      }
    }
  }

  private void addCorrections(PixelCorrections corrections, int panel, ImageSource source) {
    int lastIy = source.height(panel) - 1;
    int lastIx = source.width(panel) - 1;
    for (int y = 0; y <= PIXELS; y++) {
      for (int x = 0; x <= PIXELS; x++) {
        CorrectionFactors f =
            corrections.at(panel, (double) lastIy * y / PIXELS, (double) lastIx * x / PIXELS);
        add(f.solidAngle());
        add(f.efficiency());
        add(f.attenuation());
        add(f.polarization());
        add(f.inverseLorentz());
        add(f.d3s());
      }
    }
  }

  /** Values of some frames, with what does not count marked. */
  private void add(ImageSeries images) {
    for (int p = 0; p < images.source().panels(); p++) {
      PixelResponse r = images.response(p);
      add(new double[] {r.gain(), r.pedestal(), r.readNoise()});
    }
    int last = images.frames() - 1;
    int steps = Math.min(FRAMES - 1, Math.max(1, last));
    try (FrameBuffer buffer = new FrameBuffer.Pool(images).take()) {
      for (int i = 0; i <= steps; i++) {
        buffer.read((int) ((long) last * i / steps));
        for (int p = 0; p < images.source().panels(); p++) {
          int[] pixels = buffer.pixels(p);
          ByteBuffer bytes = ByteBuffer.allocate(pixels.length * Integer.BYTES);
          bytes.asIntBuffer().put(pixels);
          digest.update(bytes);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
