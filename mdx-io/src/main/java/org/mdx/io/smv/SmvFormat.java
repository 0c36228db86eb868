package org.mdx.io.smv;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mdx.geometry.Detector;
import org.mdx.image.ImageSource;
import org.mdx.io.MdxFormatException;
import org.mdx.io.image.FileBytes;
import org.mdx.io.image.FileFrames;
import org.mdx.io.image.ImageFormat;
import org.mdx.io.image.ImageHeader;

/**
 * Lets sweeps of SMV files be found by their content.
 *
 * <p>What {@code BEAM_CENTER_X} and {@code BEAM_CENTER_Y} mean depends on who wrote the file:
 *
 * <ul>
 *   <li>ADSC and everything not named here: mm; X along slow and Y along fast (as Mosflm has it).
 *   <li>{@code BEAMLINE=fake} (simulators that follow ADXV): mm; X along fast, Y upwards from the
 *       bottom row, both from the centre of the first pixel, so that a pixel is added to each.
 *   <li>{@code BEAMLINE=TimePix_SU}: pixels along fast and slow. Of its 512 × 512 pixels those
 *       along the edges of the four chips are three times as wide, and the detector is four panels
 *       without them; with 516 × 516 these have been divided and it is one.
 *   <li>Rigaku ({@code DTREK_DATE_TIME}) gives pixels in {@code SPATIAL_DISTORTION_INFO} instead.
 * </ul>
 *
 * <p>{@code IMAGE_PEDESTAL} (or {@code ADC_OFFSET}) is reported, and not taken off the frames.
 */
public final class SmvFormat implements ImageFormat {

  /** A format for the service loader. */
  public SmvFormat() {}

  @Override
  public String name() {
    return "SMV";
  }

  @Override
  public boolean recognizes(Path file) throws IOException {
    return SmvFile.recognizes(file);
  }

  @Override
  public ImageHeader header(Path file) throws IOException {
    return SmvHeader.of(SmvFile.read(file));
  }

  @Override
  public ImageSource open(List<Path> files, int frames, Detector detector) throws IOException {
    Path first = files.get(0);
    SmvFile head = SmvFile.read(first);
    return FileFrames.single(
            files, frames, head.width(), head.height(), detector, () -> new Pixels(head, first))
        .withFractions(head.type().isReal());
  }

  /** Reads a picture into a buffer that is used again for the next. */
  private static final class Pixels implements FileFrames.Reader {
    private static final int CHUNK = 1 << 18;

    private final SmvFile head;
    private final Path first;
    private final byte[] bytes = new byte[CHUNK];

    Pixels(SmvFile head, Path first) {
      this.head = head;
      this.first = first;
    }

    @Override
    public void read(Path file, int index, int number, int fractionBits, int[] image)
        throws IOException {
      try (FileBytes in = FileBytes.open(file)) {
        SmvFile f = SmvFile.read(file, in);
        FileFrames.checkSize(file, f.width(), f.height(), head.width(), head.height(), first);
        long done = 0;
        while (done < f.size()) {
          int n = (int) Math.min(CHUNK, f.size() - done);
          int got = in.read(f.offset() + done, bytes, 0, n);
          if (got < n) {
            throw new MdxFormatException(
                file,
                "pixels",
                f.size() + " bytes for " + f.width() + " x " + f.height() + " " + f.type().label,
                done + got + " bytes",
                "the file is truncated, copy it again");
          }
          int size = f.type().bytes;
          int at = (int) (done / size);
          f.type().decode(bytes, 0, f.order(), fractionBits, image, at, n / size);
          done += n;
        }
        in.finish();
      }
    }
  }
}
