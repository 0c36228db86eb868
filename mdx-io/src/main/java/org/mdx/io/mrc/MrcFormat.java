package org.mdx.io.mrc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mdx.geometry.Detector;
import org.mdx.image.ImageSource;
import org.mdx.io.image.FileBytes;
import org.mdx.io.image.FileFrames;
import org.mdx.io.image.ImageFormat;
import org.mdx.io.image.ImageHeader;
import org.mdx.io.image.ImageHeaderBuilder;

/**
 * Lets MRC images and stacks be found by their content. What a FEI1 or FEI2 header says is taken,
 * and over it what a {@code .mdoc} beside the file says; without either a file tells nothing but
 * its pixels.
 */
public final class MrcFormat implements ImageFormat {

  /** A format for the service loader. */
  public MrcFormat() {}

  @Override
  public String name() {
    return "MRC";
  }

  @Override
  public boolean recognizes(Path file) throws IOException {
    return MrcFile.recognizes(file);
  }

  @Override
  public ImageHeader header(Path file) throws IOException {
    try (FileBytes in = FileBytes.open(file)) {
      MrcFile f = MrcFile.read(file, in);
      ImageHeaderBuilder b =
          ImageHeader.builder("MRC", f.type().label, f.frames(), f.width(), f.height());
      if (!f.extended().isEmpty()) {
        b.detail("Extended header", f.extended());
      }
      if (!f.title().isEmpty()) {
        b.detail("Label", f.title());
      }
      FeiHeader.describe(f, in, b);
      Mdoc mdoc = Mdoc.beside(file);
      if (mdoc != null) {
        mdoc.describe(f.frames(), b);
      }
      return b.build();
    }
  }

  @Override
  public ImageSource open(List<Path> files, int frames, Detector detector) throws IOException {
    int[] counts = new int[files.size()];
    MrcFile head = null;
    for (int i = 0; i < counts.length; i++) {
      try (FileBytes in = FileBytes.open(files.get(i))) {
        MrcFile f = MrcFile.read(files.get(i), in);
        counts[i] = f.frames();
        head = head == null ? f : head;
      }
    }
    MrcFile first = head;
    return FileFrames.of(
            files,
            counts,
            frames,
            first.width(),
            first.height(),
            detector,
            () -> new Frames(first, files.get(0)))
        .withFractions(first.type().isReal());
  }

  /** Reads frames where they lie, through a buffer that is used again. */
  private static final class Frames implements FileFrames.Reader {
    private static final int CHUNK = 1 << 18;

    private final MrcFile head;
    private final Path first;
    private final byte[] bytes = new byte[CHUNK];

    Frames(MrcFile head, Path first) {
      this.head = head;
      this.first = first;
    }

    @Override
    public void read(Path file, int index, int number, int fractionBits, int[] image)
        throws IOException {
      try (FileBytes in = FileBytes.open(file)) {
        MrcFile f = MrcFile.read(file, in);
        FileFrames.checkSize(file, f.width(), f.height(), head.width(), head.height(), first);
        long start = f.offset() + index * f.size();
        int size = f.type().bytes;
        for (long done = 0; done < f.size(); ) {
          int n = (int) Math.min(CHUNK, f.size() - done);
          in.need(start + done, bytes, n, "pixels of frame " + index);
          int at = (int) (done / size);
          f.type().decode(bytes, 0, f.order(), fractionBits, image, at, n / size);
          done += n;
        }
        in.finish();
      }
    }
  }
}
