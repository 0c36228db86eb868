package org.mdx.image;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/** Frames of a source together with the blocks in which they are stored. Immutable. */
public final class ChunkedImages implements ImageSource {
  private final ImageSource source;
  private final ImageChunks chunks;

  /**
   * A source.
   *
   * @param source where the frames are
   * @param chunks the blocks
   */
  public ChunkedImages(ImageSource source, ImageChunks chunks) {
    this.source = Objects.requireNonNull(source);
    this.chunks = Objects.requireNonNull(chunks);
  }

  @Override
  public Optional<ImageChunks> chunks() {
    return Optional.of(chunks);
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
  public boolean hasFractions() {
    return source.hasFractions();
  }

  @Override
  public void read(int frame, int fractionBits, int[][] into) throws IOException {
    source.read(frame, fractionBits, into);
  }

  @Override
  public void read(int frame, int[][] into) throws IOException {
    source.read(frame, into);
  }

  @Override
  public String describe(int frame) {
    return source.describe(frame);
  }

  @Override
  public String toString() {
    return source + " in " + chunks;
  }
}
