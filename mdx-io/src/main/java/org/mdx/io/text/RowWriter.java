package org.mdx.io.text;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.mdx.table.Column;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;

/** Rows of text, gathered so that the stream sees large pieces. */
final class RowWriter {
  private static final int PIECE = 1 << 16;

  /** At a power of two the nearest number of some digits may be another, and its neighbour not. */
  private static final RoundingMode[] MODES = {
    RoundingMode.HALF_EVEN, RoundingMode.UP, RoundingMode.DOWN
  };

  private final OutputStream out;
  private final char separator;
  private final StringBuilder text = new StringBuilder();
  private boolean first = true;

  RowWriter(OutputStream out, char separator) {
    this.out = out;
    this.separator = separator;
  }

  RowWriter text(String value) {
    next().append(value);
    return this;
  }

  private StringBuilder next() {
    if (!first) {
      text.append(separator);
    }
    first = false;
    return text;
  }

  /** h, k and l of a row. */
  RowWriter indices(HKLTable table, int row) {
    index(table.h().value(row), table.ndiv().h());
    index(table.k().value(row), table.ndiv().k());
    index(table.l().value(row), table.ndiv().l());
    return this;
  }

  private void index(int index, int ndiv) {
    if (index % ndiv == 0) {
      next().append(index / ndiv);
    } else {
      next().append((double) index / ndiv);
    }
  }

  /** A value with as many digits as its type needs; nothing for NaN between commas. */
  RowWriter value(Column column, int row) {
    if (column instanceof IntColumn c) {
      next().append(c.value(row));
    } else if (separator == ',' && Double.isNaN(column.get(row))) {
      next();
    } else if (column instanceof FloatColumn c) {
      next().append(shortest(c.value(row)));
    } else {
      next().append(shortest(column.get(row)));
    }
    return this;
  }

  /** The fewest digits that give the same number again, which those of Java 17 are not always. */
  static String shortest(double v) {
    String text = Double.toString(v);
    for (int digits = 15; text.length() > 16 && digits < 17 && Double.isFinite(v); digits++) {
      for (RoundingMode mode : MODES) {
        BigDecimal near = new BigDecimal(v).round(new MathContext(digits, mode));
        if (near.doubleValue() == v) {
          return shorter(text, near);
        }
      }
    }
    return text;
  }

  /** The same in single precision. */
  static String shortest(float v) {
    String text = Float.toString(v);
    for (int digits = 6; text.length() > 7 && digits < 9 && Float.isFinite(v); digits++) {
      for (RoundingMode mode : MODES) {
        BigDecimal near = new BigDecimal(v).round(new MathContext(digits, mode));
        if (near.floatValue() == v) {
          return shorter(text, near);
        }
      }
    }
    return text;
  }

  private static String shorter(String text, BigDecimal near) {
    String other = near.stripTrailingZeros().toString();
    return other.length() < text.length() ? other : text;
  }

  void end() throws IOException {
    text.append('\n');
    first = true;
    if (text.length() > PIECE) {
      finish();
    }
  }

  void finish() throws IOException {
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    text.setLength(0);
  }
}
