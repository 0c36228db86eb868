package org.mdx.microed.agent.system;

import java.util.Locale;

/** Numbers of bytes as people read them. */
public final class ByteCount {
  private ByteCount() {}

  /** Such as {@code 1.5 GiB}. */
  public static String text(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(
        Locale.ROOT, unit == 0 || value >= 100 ? "%.0f %s" : "%.1f %s", value, units[unit]);
  }
}
