package org.mdx.io.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.mdx.table.Column;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;

/** Rows of text, gathered so that the stream sees large pieces. */
final class RowWriter {
  private static final int PIECE = 1 << 16;

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
      next().append(c.value(row));
    } else {
      next().append(column.get(row));
    }
    return this;
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
