package org.mdx.io.mtz;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.IntColumn;

/**
 * The name and type of a column in the file.
 *
 * @param label no more than 30 characters, no space
 * @param type letter of CCP4: J intensity, Q standard deviation, I integer, R any real
 */
record MtzColumn(String label, char type) {
  private static final int LONGEST = 30;
  private static final Pattern HALF = Pattern.compile("group_(\\d+)_(.*)");
  private static final Pattern HALF_LABEL = Pattern.compile("(I|SIGI|N)_HALF(\\d+)");

  /** Of a column of a table. */
  static MtzColumn of(String name, Column column) {
    Matcher half = HALF.matcher(name);
    boolean inHalf = half.matches();
    String base = inHalf ? half.group(2) : name;
    String suffix = inHalf ? "_HALF" + half.group(1) : "";
    return switch (base) {
      case ColumnNames.INTENSITY -> new MtzColumn(inHalf ? "I" + suffix : "IMEAN", 'J');
      case ColumnNames.INTENSITY_ERROR -> new MtzColumn(inHalf ? "SIGI" + suffix : "SIGIMEAN", 'Q');
      case "count" -> new MtzColumn("N" + suffix, 'I');
      default -> new MtzColumn(shortened(name), column instanceof IntColumn ? 'I' : 'R');
    };
  }

  private static String shortened(String name) {
    String s = name.replaceAll("[^!-~]", "_");
    return s.length() <= LONGEST ? s : s.substring(0, LONGEST);
  }

  /** The name that a table has for a label. */
  static String name(String label) {
    Matcher half = HALF_LABEL.matcher(label);
    if (half.matches()) {
      String group = "group_" + half.group(2) + "_";
      return switch (half.group(1)) {
        case "I" -> group + ColumnNames.INTENSITY;
        case "SIGI" -> group + ColumnNames.INTENSITY_ERROR;
        default -> group + "count";
      };
    }
    return switch (label) {
      case "IMEAN" -> ColumnNames.INTENSITY;
      case "SIGIMEAN" -> ColumnNames.INTENSITY_ERROR;
      case "N" -> "count";
      default -> label;
    };
  }
}
