package org.mdx.pipeline;

import java.io.IOException;
import org.mdx.image.ImageSource;

/** Frames of another source with other pixels; tests say which. */
abstract class OtherPixels implements ImageSource {
  final ImageSource source;

  OtherPixels(ImageSource source) {
    this.source = source;
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
  public abstract void read(int frame, int[][] into) throws IOException;

  @Override
  public String describe(int frame) {
    return source.describe(frame);
  }
}
