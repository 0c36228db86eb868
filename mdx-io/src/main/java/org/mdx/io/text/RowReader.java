package org.mdx.io.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.io.InputFile;
import org.mdx.io.MdxFormatException;
import org.mdx.io.volume.AxisSteps;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.table.Subdivision;

/** Lines of a file with their numbers, and what its comments tell. */
final class RowReader implements AutoCloseable {
  private static final int LONGEST_LINE = 1 << 16;

  private final Path path;
  private final BufferedReader in;
  private int line;
  private Subdivision subdivision;
  private CrystalSymmetry symmetry = CrystalSymmetry.NONE;

  private RowReader(Path path, BufferedReader in) {
    this.path = path;
    this.in = in;
  }

  static RowReader open(Path path) throws IOException {
    InputFile.head(path, 0);
    return new RowReader(
        path,
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(path), StandardCharsets.ISO_8859_1),
            1 << 16));
  }

  /** The beginning of a file up to its first line feed. */
  static String firstLine(Path path) throws IOException {
    String head = new String(InputFile.head(path, 1024), StandardCharsets.ISO_8859_1);
    return head.split("[\r\n]", 2)[0];
  }

  /** The next line; null behind the last one. */
  String next() throws IOException {
    line++;
    StringBuilder s = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return s.length() == 0 ? null : s.toString();
      }
      s.append((char) c);
      if (s.length() > LONGEST_LINE) {
        throw error("a line of no more than " + LONGEST_LINE + " characters", "a longer one");
      }
    }
    return s.toString();
  }

  MdxFormatException error(String expected, String found) {
    String shown = String.valueOf(found);
    return new MdxFormatException(
        path,
        "line " + line,
        expected,
        shown.length() > 200 ? shown.substring(0, 200) + "…" : shown,
        "");
  }

  double number(String cell) {
    String s = cell.strip();
    if (s.isEmpty()) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(s);
    } catch (NumberFormatException e) {
      throw error("a number", s);
    }
  }

  /** Keeps what one of our comments tells; anything else in a comment is ignored. */
  void comment(String text) {
    String[] w = text.split("\\s+");
    if (w[0].equals("ndiv") && w.length == 4) {
      subdivision =
          build(
              () ->
                  new Subdivision(
                      Integer.parseInt(w[1]), Integer.parseInt(w[2]), Integer.parseInt(w[3])));
    } else if (w[0].equals("cell") && w.length == 7) {
      UnitCell cell =
          build(
              () ->
                  new UnitCell(
                      Double.parseDouble(w[1]),
                      Double.parseDouble(w[2]),
                      Double.parseDouble(w[3]),
                      Double.parseDouble(w[4]),
                      Double.parseDouble(w[5]),
                      Double.parseDouble(w[6])));
      symmetry = new CrystalSymmetry(Optional.of(cell), symmetry.spaceGroup());
    } else if (w[0].equals("hall") && w.length > 1) {
      SpaceGroup group = build(() -> SpaceGroup.ofHall(text.substring(4).strip()));
      symmetry = new CrystalSymmetry(symmetry.cell(), Optional.of(group));
    }
  }

  private <T> T build(Supplier<T> maker) {
    return AxisSteps.build(path, "line " + line, maker);
  }

  /** The subdivision that a comment told; null if none did. */
  Subdivision subdivision() {
    return subdivision;
  }

  CrystalSymmetry symmetry() {
    return symmetry;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
