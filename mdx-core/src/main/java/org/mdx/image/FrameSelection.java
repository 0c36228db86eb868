package org.mdx.image;

import java.io.IOException;
import java.util.Objects;

/** Some frames of a source, in an order of their own. Immutable. */
public final class FrameSelection implements ImageSource {
  private final ImageSource source;
  private final int[] frames;

  /**
   * A selection.
   *
   * @param source where the frames are
   * @param frames their numbers there, at least one
   * @throws IllegalArgumentException if there is none, or the source has no such frame
   */
  public FrameSelection(ImageSource source, int... frames) {
    if (frames.length == 0) {
      throw new IllegalArgumentException("a selection of no frames");
    }
    for (int f : frames) {
      if (f < 0 || f >= source.frames()) {
        throw new IllegalArgumentException(
            "frame " + f + " of " + source.frames() + ", numbers 0 to " + (source.frames() - 1));
      }
    }
    this.source = Objects.requireNonNull(source);
    this.frames = frames.clone();
  }

  @Override
  public int frames() {
    return frames.length;
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
  public boolean hasFractions() {
    return source.hasFractions();
  }

  @Override
  public void read(int frame, int fractionBits, int[][] into) throws IOException {
    source.read(frames[frame], fractionBits, into);
  }

  @Override
  public void read(int frame, int[][] into) throws IOException {
    source.read(frames[frame], into);
  }

  @Override
  public String describe(int frame) {
    return source.describe(frames[frame]);
  }

  @Override
  public String toString() {
    return frames.length + " of " + source;
  }
}
