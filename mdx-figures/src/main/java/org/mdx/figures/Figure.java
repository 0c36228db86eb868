package org.mdx.figures;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A figure: a title, panels in rows, and what a reader must know beside it. Immutable; the same
 * figure gives the same bytes each time.
 *
 * <pre>{@code
 * Figure f = Figure.of("Scale", LineChart.of("", ChartAxis.of("φ", "°"), ChartAxis.of("b", ""), b));
 * BufferedImage picture = f.image();
 * String numbers = f.toCsv();
 * }</pre>
 */
public final class Figure {
  private final String title;
  private final int columns;
  private final List<Panel> panels;
  private final List<String> notes;

  private Figure(String title, int columns, List<Panel> panels, List<String> notes) {
    this.title = Objects.requireNonNull(title, "title");
    this.columns = columns;
    this.panels = List.copyOf(panels);
    this.notes = List.copyOf(notes);
  }

  /**
   * A figure with its panels side by side, three in a row at the most.
   *
   * @param title above it
   * @param panels one or more, row by row
   * @return the figure
   * @throws IllegalArgumentException if there is no panel
   */
  public static Figure of(String title, Panel... panels) {
    return of(title, List.of(panels));
  }

  /**
   * A figure with its panels side by side, three in a row at the most.
   *
   * @param title above it
   * @param panels one or more, row by row
   * @return the figure
   * @throws IllegalArgumentException if there is no panel
   */
  public static Figure of(String title, List<? extends Panel> panels) {
    if (panels.isEmpty()) {
      throw new IllegalArgumentException("figure '" + title + "' has no panel");
    }
    return new Figure(title, Math.min(3, panels.size()), List.copyOf(panels), List.of());
  }

  /**
   * The same with another number of panels in a row.
   *
   * @param number 1 to 8
   * @return another figure
   * @throws IllegalArgumentException if it is outside of that
   */
  public Figure columns(int number) {
    if (number < 1 || number > 8) {
      throw new IllegalArgumentException(number + " panels in a row, must be 1 to 8");
    }
    return new Figure(title, number, panels, notes);
  }

  /**
   * The same with a line more below it: what is left out and why, numbers, sources.
   *
   * @param line any text
   * @return another figure
   */
  public Figure note(String line) {
    List<String> more = new ArrayList<>(notes);
    more.add(line);
    return new Figure(title, columns, panels, more);
  }

  /**
   * The same with another title.
   *
   * @param text above it
   * @return another figure
   */
  public Figure title(String text) {
    return new Figure(text, columns, panels, notes);
  }

  /**
   * The same with other colours wherever colours are numbers.
   *
   * @param change gives the new colours of each panel
   * @return another figure
   */
  public Figure colours(UnaryOperator<Colours> change) {
    List<Panel> other = new ArrayList<>();
    for (Panel p : panels) {
      other.add(
          p instanceof Raster r && r.colours() != null ? r.coloured(change.apply(r.colours())) : p);
    }
    return new Figure(title, columns, other, notes);
  }

  /**
   * The same with the first and the last colour at given values.
   *
   * @param min value of the first colour; NaN to leave it
   * @param max value of the last colour; NaN to leave it
   * @return another figure
   * @throws IllegalArgumentException if no panel has colours that are numbers, or the values do not
   *     rise
   */
  public Figure colourLimits(double min, double max) {
    List<Panel> other = new ArrayList<>();
    for (Panel p : panels) {
      if (p instanceof Raster r && r.colours() != null) {
        double from = Double.isNaN(min) ? r.scale().min() : min;
        double to = Double.isNaN(max) ? r.scale().max() : max;
        other.add(r.coloured(r.colours().range(ColourRange.of(from, to))));
      } else {
        other.add(p);
      }
    }
    if (other.equals(panels)) {
      throw new IllegalArgumentException("the figure '" + title + "' has no colours of numbers");
    }
    return new Figure(title, columns, other, notes);
  }

  /**
   * The same cut to a part of what its axes show.
   *
   * @param x1 lower limit to the right: of x, or of the index of a plane
   * @param x2 upper limit to the right
   * @param y1 lower limit upwards
   * @param y2 upper limit upwards
   * @return another figure; heat maps and pictures stay whole
   * @throws IllegalArgumentException if the limits do not rise
   */
  public Figure limits(double x1, double x2, double y1, double y2) {
    List<Panel> other = new ArrayList<>();
    for (Panel p : panels) {
      if (p instanceof Plane plane) {
        other.add(plane.limits(x1, x2, y1, y2));
      } else if (p instanceof LineChart l) {
        other.add(l.axes(l.x().range(x1, x2), l.y().range(y1, y2)));
      } else {
        other.add(p);
      }
    }
    return new Figure(title, columns, other, notes);
  }

  /**
   * The title.
   *
   * @return any text
   */
  public String title() {
    return title;
  }

  /**
   * The panels.
   *
   * @return row by row
   */
  public List<Panel> panels() {
    return panels;
  }

  /**
   * Panels in a row.
   *
   * @return 1 or more
   */
  public int columns() {
    return columns;
  }

  /**
   * What is written below it.
   *
   * @return lines
   */
  public List<String> notes() {
    return notes;
  }

  /**
   * Number of values that it shows.
   *
   * @return those that are not missing
   */
  public long values() {
    return panels.stream().mapToLong(Panel::values).sum();
  }

  /**
   * The picture, without a screen.
   *
   * @return an opaque image
   */
  public BufferedImage image() {
    return new FigurePainter(this).image();
  }

  /**
   * The picture as PNG.
   *
   * @return the bytes of a file
   */
  public byte[] png() {
    return FigurePainter.png(image());
  }

  /**
   * The picture as SVG, by Batik. Planes are images within it.
   *
   * @return the text of a file
   * @throws IllegalStateException if Batik is not on the class path
   */
  public String svg() {
    return VectorGraphics.svg(new FigurePainter(this));
  }

  /**
   * The picture as PDF, by PDFBox. Planes are images within it.
   *
   * @return the bytes of a file
   * @throws IllegalStateException if PDFBox is not on the class path
   */
  public byte[] pdf() {
    return VectorGraphics.pdf(new FigurePainter(this));
  }

  /**
   * A page that holds nothing but the figure, whose charts zoom.
   *
   * @return the text of a file that needs no other
   */
  public String html() {
    return Page.of(title).figure(this).finish();
  }

  /**
   * Exactly the numbers that are drawn. Where there are several panels, each has a line of names
   * and its title in front of each line; what is missing is empty.
   *
   * @return comma-separated values, lines ending with a line feed
   */
  public String toCsv() {
    StringBuilder out = new StringBuilder();
    boolean several = panels.size() > 1;
    for (int p = 0; p < panels.size(); p++) {
      Panel panel = panels.get(p);
      String name = panel.title().isEmpty() ? "panel " + (p + 1) : panel.title();
      out.append(p > 0 ? "\n" : "");
      append(out, several ? "panel" : null, (Object[]) panel.csvHeader());
      panel.csvRows(cells -> append(out, several ? name : null, cells));
    }
    return out.toString();
  }

  private static void append(StringBuilder out, String first, Object... cells) {
    String comma = "";
    if (first != null) {
      out.append(quoted(first));
      comma = ",";
    }
    for (Object cell : cells) {
      out.append(comma).append(cell(cell));
      comma = ",";
    }
    out.append('\n');
  }

  private static String cell(Object cell) {
    if (cell instanceof Double d && d.isNaN() || cell instanceof Float f && f.isNaN()) {
      return "";
    }
    return cell instanceof Number ? cell.toString() : quoted(cell.toString());
  }

  private static String quoted(String text) {
    return text.matches("(?s).*[,\"\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  /** The title, the panels, and how many values they show. */
  @Override
  public String toString() {
    return "Figure[" + title + ", " + panels.size() + " panels, " + values() + " values]";
  }
}
