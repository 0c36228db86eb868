package org.mdx.io.dials;

import java.util.function.BiFunction;
import org.mdx.io.MdxFormatException;

/**
 * Reads the state of a pickled array of cctbx ("double buffered"): numbers in base 256. An integer
 * is a byte with the number of bytes that it takes, that byte included (0 for the integer 0), plus
 * 128 if it is negative, and then its digits, the least first. A real number is a fraction in the
 * same way, the greatest digit first, and then the integer power of 2 that multiplies it.
 */
final class FlexInput {
  private static final int NEGATIVE = 0x80;

  /** Most bytes of a number: a head and 64 bits. */
  private static final int LONGEST = 9;

  private final byte[] bytes;
  private final BiFunction<String, String, MdxFormatException> failure;
  private int at;

  /** Reads bytes; the function makes an exception of what is expected and found. */
  FlexInput(byte[] bytes, BiFunction<String, String, MdxFormatException> failure) {
    this.bytes = bytes;
    this.failure = failure;
  }

  MdxFormatException failure(String expected, String found) {
    return failure.apply(expected, found);
  }

  int remaining() {
    return bytes.length - at;
  }

  boolean bool() {
    int digit = require(1);
    at++;
    if (bytes[digit] != '0' && bytes[digit] != '1') {
      throw failure("0 or 1", "a byte " + bytes[digit]);
    }
    return bytes[digit] == '1';
  }

  /** A number of things that take at least a byte each. */
  int count(String what) {
    long n = integer();
    if (n < 0 || n > remaining()) {
      throw failure(n + " " + what, remaining() + " bytes for them");
    }
    return (int) n;
  }

  int int32() {
    long v = integer();
    if (v != (int) v) {
      throw failure("an integer of 4 bytes", String.valueOf(v));
    }
    return (int) v;
  }

  long integer() {
    int head = at;
    int length = length();
    long v = 0;
    for (int i = length - 1; i >= 1; i--) {
      v = v << 8 | bytes[head + i] & 0xff;
    }
    at = head + Math.max(1, length);
    return isNegative(head) ? -v : v;
  }

  double real() {
    int head = at;
    int length = length();
    double v = 0;
    for (int i = length - 1; i >= 1; i--) {
      v = (v + (bytes[head + i] & 0xff)) / 256;
    }
    at = head + Math.max(1, length);
    if (length == 0) {
      return 0;
    }
    v = Math.scalb(v, int32());
    return isNegative(head) ? -v : v;
  }

  byte[] text() {
    int n = count("letters");
    at += n;
    return java.util.Arrays.copyOfRange(bytes, at - n, at);
  }

  private boolean isNegative(int head) {
    return (bytes[head] & 0xff) > NEGATIVE;
  }

  private int length() {
    int length = bytes[require(1)] & ~NEGATIVE & 0xff;
    if (length > LONGEST) {
      throw failure("a number of at most 8 bytes", length - 1 + " bytes");
    }
    require(length);
    return length;
  }

  private int require(int n) {
    if (n > remaining()) {
      throw failure(n + " bytes more", "the end of the column after " + remaining());
    }
    return at;
  }
}
