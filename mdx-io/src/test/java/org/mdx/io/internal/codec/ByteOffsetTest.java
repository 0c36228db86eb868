package org.mdx.io.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteOffsetTest {

  /** One pixel after the other from a byte buffer; −1 − i where pixel i fails. */
  private static int slowDecode(byte[] bytes, int from, int to, int[] pixels, int count) {
    ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from).order(ByteOrder.LITTLE_ENDIAN);
    long value = 0;
    for (int i = 0; i < count; i++) {
      try {
        long d = in.get();
        if (d == Byte.MIN_VALUE) {
          d = in.getShort();
          if (d == Short.MIN_VALUE) {
            d = in.getInt();
            if (d == Integer.MIN_VALUE) {
              d = in.getLong();
            }
          }
        }
        value = Math.addExact(value, d);
        pixels[i] = Math.toIntExact(value);
      } catch (java.nio.BufferUnderflowException | ArithmeticException e) {
        return -1 - i;
      }
    }
    return in.position();
  }

  private static byte[] encoded(int... pixels) {
    byte[] bytes = new byte[(int) ByteOffset.encodedLength(pixels, pixels.length)];
    assertThat(ByteOffset.encode(pixels, pixels.length, bytes, 0)).isEqualTo(bytes.length);
    return bytes;
  }

  /** Pixels of a seed, with steps that need every size of difference. */
  private static int[] pixels(long seed, int count) {
    Random random = new Random(seed);
    int[] pixels = new int[count];
    for (int i = 0; i < count; i++) {
      int bits = random.nextInt(100) < 90 ? 5 : 1 + random.nextInt(32);
      pixels[i] = random.nextInt() >> (32 - bits);
    }
    return pixels;
  }

  @Test
  void encodeShouldFollowTheManualForEverySizeOfDifference() {
    assertThat(encoded(1, -126, 0, 128, 128 + 32767, 128))
        .containsExactly(1, -127, 126, -128, 128, 0, -128, 0xff, 0x7f, -128, 0x01, 0x80);
    assertThat(encoded(0x12345678)).containsExactly(-128, 0, -128, 0x78, 0x56, 0x34, 0x12);
    assertThat(encoded(Integer.MIN_VALUE))
        .containsExactly(-128, 0, -128, 0, 0, 0, -128, 0, 0, 0, -128, 0xff, 0xff, 0xff, 0xff);
  }

  @Test
  void decodeShouldEqualTheSlowDecoderForAnySize() {
    for (int count : new int[] {0, 1, 2, 7, 8, 9, 15, 16, 17, 63, 1000}) {
      for (long seed = 0; seed < 50; seed++) {
        int[] pixels = pixels(seed, count);
        byte[] bytes = encoded(pixels);
        int[] fast = new int[count];
        int[] slow = new int[count];
        assertThat(ByteOffset.decode(bytes, 0, bytes.length, fast, count)).isEqualTo(bytes.length);
        assertThat(slowDecode(bytes, 0, bytes.length, slow, count)).isEqualTo(bytes.length);
        assertThat(fast).isEqualTo(pixels).isEqualTo(slow);
      }
    }
  }

  @Test
  void decodeShouldTellAtWhichPixelTheBytesEnd() {
    int[] pixels = pixels(7, 200);
    byte[] bytes = encoded(pixels);
    for (int length = 0; length < bytes.length; length++) {
      int[] fast = new int[pixels.length];
      int[] slow = new int[pixels.length];
      int expected = slowDecode(bytes, 0, length, slow, pixels.length);
      assertThat(expected).isNegative();
      assertThat(ByteOffset.decode(bytes, 0, length, fast, pixels.length)).isEqualTo(expected);
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThat(ByteOffset.decode(cut, 0, length, fast, pixels.length)).isEqualTo(expected);
    }
  }

  @Test
  void decodeShouldStopAtTheLastPixelAndLeaveBytes() {
    byte[] bytes = encoded(pixels(3, 100));
    for (int count = 0; count <= 100; count++) {
      int[] fast = new int[count];
      int[] slow = new int[count];
      assertThat(ByteOffset.decode(bytes, 0, bytes.length, fast, count))
          .isEqualTo(slowDecode(bytes, 0, bytes.length, slow, count));
      assertThat(fast).isEqualTo(slow);
    }
  }

  @Test
  void decodeShouldRejectEscapedValuesBeyond32Bits() {
    byte[] up = {127, -128, 0, -128, -1, -1, -1, 127};
    assertThat(ByteOffset.decode(up, 0, up.length, new int[2], 2)).isEqualTo(-2);
    byte[] huge = {1, -128, 0, -128, 0, 0, 0, -128, -1, -1, -1, -1, -1, -1, -1, 127};
    assertThat(ByteOffset.decode(huge, 0, huge.length, new int[2], 2)).isEqualTo(-2);
  }
}
