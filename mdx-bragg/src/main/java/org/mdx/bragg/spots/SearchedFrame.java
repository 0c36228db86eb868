package org.mdx.bragg.spots;

import java.io.IOException;
import org.mdx.bragg.internal.kernel.BitRows;
import org.mdx.bragg.internal.kernel.StrongPixels;
import org.mdx.image.FrameBuffer;

/** A frame in memory with its strong pixels. */
final class SearchedFrame implements AutoCloseable {
  /** Which of the marks. */
  enum Layer {
    /** Pixels that stand out by themselves. */
    STRONG,
    /** Places whose windows stand out. */
    FAINT
  }

  private final FrameBuffer buffer;
  private final long[][] bits;
  private final StrongPixels[] strong;
  private final long[][] faintBits;
  private final StrongPixels[] faint;
  private final int[] widths;
  private int number;

  SearchedFrame(FrameBuffer buffer, int[] widths, int[] heights) {
    this.buffer = buffer;
    this.widths = widths;
    bits = new long[widths.length][];
    for (int p = 0; p < bits.length; p++) {
      bits[p] = new long[BitRows.words(widths[p]) * heights[p]];
    }
    this.strong = new StrongPixels[bits.length];
    faintBits = new long[bits.length][];
    faint = new StrongPixels[bits.length];
  }

  /**
   * Reads a frame and marks its strong pixels.
   *
   * @param frame which
   * @param search thresholds of each panel
   * @throws IOException if the frame cannot be read
   */
  void search(int frame, PanelSearch[] search) throws IOException {
    number = frame;
    buffer.read(frame);
    for (int p = 0; p < bits.length; p++) {
      strong[p] = search[p].mark(buffer.pixels(p), bits[p]);
      if (search[p].looksForFaint()) {
        if (faintBits[p] == null) {
          faintBits[p] = new long[bits[p].length];
        }
        faint[p] = search[p].markFaint(buffer.pixels(p), faintBits[p]);
      }
    }
  }

  int number() {
    return number;
  }

  int width(int panel) {
    return widths[panel];
  }

  /** Values less the pedestal. */
  int[] pixels(int panel) {
    return buffer.pixels(panel);
  }

  long[] bits(Layer layer, int panel) {
    return layer == Layer.STRONG ? bits[panel] : faintBits[panel];
  }

  StrongPixels runs(Layer layer, int panel) {
    return layer == Layer.STRONG ? strong[panel] : faint[panel];
  }

  long strongPixels() {
    long n = 0;
    for (StrongPixels s : strong) {
      n += s.count();
    }
    return n;
  }

  /** Runs of strong pixels in rows. */
  long runs() {
    long n = 0;
    for (StrongPixels s : strong) {
      n += s.runs();
    }
    return n;
  }

  @Override
  public void close() {
    buffer.close();
  }
}
