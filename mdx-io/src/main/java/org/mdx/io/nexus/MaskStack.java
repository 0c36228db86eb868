package org.mdx.io.nexus;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.mdx.image.ImageChunks;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;
import org.mdx.image.Pixels;
import org.mdx.io.hdf5.FrameSource;
import org.mdx.io.hdf5.Hdf5Dataset;
import org.mdx.io.hdf5.Hdf5File;
import org.mdx.io.hdf5.Hdf5Frames;
import org.mdx.io.hdf5.Hdf5Group;
import org.mdx.io.hdf5.element.ElementType;
import org.mdx.parallel.Parallel;
import org.mdx.peaks.BraggMask;

/**
 * The object {@code mask}: a truth value for each pixel of each frame, true to leave it out. As a
 * source it has the frames of another one with {@link Pixels#MASKED} where the mask is true.
 */
final class MaskStack implements ImageSource {
  static final String NAME = "mask";

  /** A chunk has this many frames, and this part of the rows and columns, as mdx2's do. */
  private static final int PARTS = 8;

  private final ImageSource source;
  private final Hdf5Frames masks;
  private final Queue<int[]> spare = new ConcurrentLinkedQueue<>();

  private MaskStack(ImageSource source, Hdf5Frames masks) {
    this.source = source;
    this.masks = masks;
  }

  static NexusRoot write(BraggMask mask, ImageSeries images, FrameSource frames) {
    int[] shape = ImageStack.shape(images);
    int[] chunk = {PARTS, (shape[1] + PARTS - 1) / PARTS, (shape[2] + PARTS - 1) / PARTS};
    Hdf5Group g =
        ImageStack.axes(images.geometry().scan(), shape, "axis0", "axis1", "axis2", "signal");
    g.add("signal", Hdf5Dataset.frames(frames, ElementType.BOOL, shape, chunk));
    return MaskFormat.write(mask).add(NAME, "mdx2.geometry", "GridData", g);
  }

  static MaskStack open(Hdf5File file, ImageSeries images) {
    NexusReader in = new NexusReader(file, Parallel.of(1));
    String place = in.object(NAME, "give the file that mask-peaks wrote");
    Hdf5Frames masks = file.frames(in.grid(place, "axis0", "axis1", "axis2").signal(), 0);
    int[] shape = ImageStack.shape(images);
    int[] found = {masks.frames(), masks.height(), masks.width()};
    if (!Arrays.equals(shape, found)) {
      throw file.error(
          place,
          "a mask of the shape of the images, " + Arrays.toString(shape),
          Arrays.toString(found),
          "give the mask of this sweep");
    }
    return new MaskStack(images.source(), masks);
  }

  @Override
  public int frames() {
    return source.frames();
  }

  @Override
  public int panels() {
    return source.panels();
  }

  @Override
  public int width(int panel) {
    return source.width(panel);
  }

  @Override
  public int height(int panel) {
    return source.height(panel);
  }

  @Override
  public Optional<ImageChunks> chunks() {
    return source.chunks();
  }

  @Override
  public String describe(int frame) {
    return source.describe(frame);
  }

  @Override
  public boolean hasFractions() {
    return source.hasFractions();
  }

  @Override
  public void read(int frame, int[][] into) throws IOException {
    read(frame, 0, into);
  }

  @Override
  public void read(int frame, int fractionBits, int[][] into) throws IOException {
    source.read(frame, fractionBits, into);
    int n = masks.width() * masks.height();
    int[] polled = spare.poll();
    int[] mask = polled == null ? new int[n] : polled;
    masks.read(frame, mask);
    for (int i = 0; i < n; i++) {
      if (mask[i] != 0) {
        into[0][i] = Pixels.MASKED;
      }
    }
    spare.add(mask);
  }
}
