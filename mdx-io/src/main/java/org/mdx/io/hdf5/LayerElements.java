package org.mdx.io.hdf5;

import java.nio.ByteBuffer;
import org.mdx.io.hdf5.element.ElementType;
import org.mdx.io.hdf5.element.Elements;

/** The pixels of some frames, one behind the other. */
record LayerElements(ElementType type, int[][] frames, int count) implements Elements {

  @Override
  public long size() {
    return (long) count * frames[0].length;
  }

  @Override
  public void put(long from, int n, ByteBuffer to) {
    int pixels = frames[0].length;
    for (int done = 0; done < n; ) {
      int frame = (int) ((from + done) / pixels);
      int pixel = (int) ((from + done) % pixels);
      int take = Math.min(n - done, pixels - pixel);
      if (type == ElementType.INT32) {
        to.slice().order(to.order()).asIntBuffer().put(frames[frame], pixel, take);
        to.position(to.position() + 4 * take);
      } else {
        for (int i = 0; i < take; i++) {
          to.put((byte) frames[frame][pixel + i]);
        }
      }
      done += take;
    }
  }
}
