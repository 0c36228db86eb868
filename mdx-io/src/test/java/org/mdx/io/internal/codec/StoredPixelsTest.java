package org.mdx.io.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mdx.image.Pixels;

class StoredPixelsTest {
  private static final int MASKED = Pixels.MASKED;
  private static final int COUNT = 101;

  private static ByteBuffer random(int bytes, boolean big, long seed) {
    byte[] a = new byte[3 + COUNT * bytes];
    new Random(seed).nextBytes(a);
    return ByteBuffer.wrap(a).order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  /** By decimal arithmetic. */
  private static int slowly(double v) {
    if (Double.isNaN(v)) {
      return MASKED;
    } else if (Double.isInfinite(v)) {
      return v > 0 ? Integer.MAX_VALUE : Integer.MIN_VALUE;
    }
    BigDecimal r = new BigDecimal(v + 0.5).setScale(0, RoundingMode.FLOOR);
    return r.max(BigDecimal.valueOf(Integer.MIN_VALUE))
        .min(BigDecimal.valueOf(Integer.MAX_VALUE))
        .intValueExact();
  }

  @Test
  void integersShouldEqualThoseOfABuffer() {
    for (boolean big : new boolean[] {false, true}) {
      ByteBuffer b = random(4, big, 1);
      int[] bytes = new int[COUNT + 2];
      int[] shorts = new int[COUNT + 2];
      int[] unsigned = new int[COUNT + 2];
      int[] ints = new int[COUNT + 2];
      StoredPixels.bytes(b.array(), 3, 0xff, bytes, 1, COUNT);
      StoredPixels.shorts(b.array(), 3, big, -1, shorts, 1, COUNT);
      StoredPixels.shorts(b.array(), 3, big, 0xffff, unsigned, 1, COUNT);
      StoredPixels.ints(b.array(), 3, big, ints, 1, COUNT);
      for (int i = 0; i < COUNT; i++) {
        assertThat(bytes[i + 1]).isEqualTo(Byte.toUnsignedInt(b.get(3 + i)));
        assertThat(shorts[i + 1]).isEqualTo(b.getShort(3 + 2 * i));
        assertThat(unsigned[i + 1]).isEqualTo(Short.toUnsignedInt(b.getShort(3 + 2 * i)));
        assertThat(ints[i + 1]).isEqualTo(b.getInt(3 + 4 * i));
      }
      assertThat(ints[0]).isZero();
      assertThat(ints[COUNT + 1]).isZero();
      StoredPixels.bound(ints, 1, COUNT);
      assertThat(ints[1]).isEqualTo(b.getInt(3) < 0 ? Integer.MAX_VALUE : b.getInt(3));
    }
  }

  @Test
  void realsShouldBeRoundedToTheNearest() {
    double[] special = {
      0,
      -0.0,
      0.5,
      -0.5,
      1.5,
      2.5,
      -1.5,
      -0.51,
      0.49,
      2147483647.4,
      2147483648.0,
      -2147483648.0,
      -2147483648.5,
      -2147483649.0,
      1e300,
      -1e300,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.MIN_VALUE
    };
    for (boolean big : new boolean[] {false, true}) {
      ByteBuffer b = random(8, big, 2);
      for (int i = 0; i < COUNT; i++) {
        double v = i < special.length ? special[i] : new Random(i).nextGaussian() * 100;
        b.putDouble(3 + 8 * i, v);
      }
      int[] out = new int[COUNT];
      StoredPixels.doubles(b.array(), 3, big, out, 0, COUNT, 1);
      for (int i = 0; i < COUNT; i++) {
        assertThat(out[i])
            .as("%s", b.getDouble(3 + 8 * i))
            .isEqualTo(slowly(b.getDouble(3 + 8 * i)));
      }
      for (int i = 0; i < COUNT; i++) {
        b.putFloat(3 + 4 * i, i < special.length ? (float) special[i] : 0.37f * i * i - 90);
      }
      StoredPixels.floats(b.array(), 3, big, out, 0, COUNT, 1);
      for (int i = 0; i < COUNT; i++) {
        assertThat(out[i]).isEqualTo(slowly(b.getFloat(3 + 4 * i)));
      }
    }
  }

  /** Bits and values of IEEE 754-2008, table 3.5 and its examples. */
  @Test
  void halvesShouldHaveTheirValues() {
    int[] bits = {0x0000, 0x3c00, 0x3800, 0x4248, 0xc248, 0x7bff, 0x7c00, 0xfc00, 0x7e00, 0x0001};
    int[] values = {0, 1, 1, 3, -3, 65504, Integer.MAX_VALUE, Integer.MIN_VALUE, MASKED, 0};
    // 3.140625 and its negative, in quarters
    int[] quarters = {0, 4, 2, 13, -13, 262016, Integer.MAX_VALUE, MASKED, MASKED, 0};
    for (boolean big : new boolean[] {false, true}) {
      ByteBuffer b = random(2, big, 3);
      for (int i = 0; i < bits.length; i++) {
        b.putShort(2 * i, (short) bits[i]);
      }
      int[] out = new int[bits.length];
      StoredPixels.halves(b.array(), 0, big, out, 0, bits.length, 1);
      assertThat(out).isEqualTo(values);
      StoredPixels.halves(b.array(), 0, big, out, 0, bits.length, 4);
      assertThat(out).isEqualTo(quarters);
    }
  }
}
