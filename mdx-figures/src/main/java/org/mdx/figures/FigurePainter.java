package org.mdx.figures;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** Lays out the panels of a figure and paints them, whatever the graphics draw on. */
final class FigurePainter {
  private static final Color INK = new Color(0x222222);
  private static final Color FAINT = new Color(0x555555);
  private static final int MARGIN = 12;
  private static final int TITLE = 46;
  private static final int LINE = 18;

  /** Width of a panel by their number in a row. */
  private static final int[] WIDTHS = {0, 900, 620, 470, 400, 340, 320, 300, 280};

  private final Figure figure;
  private final int panelWidth;
  private final List<Integer> rows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final int width;
  private final int height;

  FigurePainter(Figure figure) {
    this(figure, WIDTHS[Math.min(figure.columns(), figure.panels().size())]);
  }

  FigurePainter(Figure figure, int panelWidth) {
    this.figure = figure;
    this.panelWidth = panelWidth;
    int columns = Math.min(figure.columns(), figure.panels().size());
    width = 2 * MARGIN + columns * panelWidth;
    int sum = 0;
    List<Panel> panels = figure.panels();
    for (int p = 0; p < panels.size(); p += columns) {
      int row = 0;
      for (Panel panel : panels.subList(p, Math.min(p + columns, panels.size()))) {
        row = Math.max(row, height(panel));
      }
      rows.add(row);
      sum += row;
    }
    for (String note : figure.notes()) {
      wrap(note, width / 7);
    }
    height = TITLE + sum + LINE * notes.size() + 2 * MARGIN;
  }

  private int height(Panel panel) {
    return panel instanceof Raster r
        ? new RasterPainter(r, panelWidth).height()
        : ChartPainter.height(panel, panelWidth);
  }

  private void wrap(String note, int most) {
    String rest = note;
    while (rest.length() > most) {
      int cut = rest.lastIndexOf(' ', most);
      cut = cut > 0 ? cut : most;
      notes.add(rest.substring(0, cut).strip());
      rest = rest.substring(cut).strip();
    }
    notes.add(rest);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  BufferedImage image() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    paint(g);
    g.dispose();
    return image;
  }

  /** The first panel alone, without the figure's title and notes. */
  byte[] panelPng() {
    BufferedImage image = new BufferedImage(panelWidth, rows.get(0), BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, panelWidth, rows.get(0));
    hints(g);
    paint(g, figure.panels().get(0), rows.get(0));
    g.dispose();
    return png(image);
  }

  static byte[] png(BufferedImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void hints(Graphics2D g) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  void paint(Graphics2D g) {
    hints(g);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, width, height);
    Labels labels = new Labels(g);
    g.setColor(INK);
    Font title = new Font(Font.SANS_SERIF, Font.PLAIN, 20);
    labels.centred(figure.title(), title, width / 2.0, TITLE - 14);
    int columns = Math.min(figure.columns(), figure.panels().size());
    int y = TITLE;
    for (int p = 0; p < figure.panels().size(); p++) {
      Graphics2D part = (Graphics2D) g.create();
      part.translate(MARGIN + p % columns * panelWidth, y);
      paint(part, figure.panels().get(p), rows.get(p / columns));
      part.dispose();
      if (p % columns == columns - 1 || p == figure.panels().size() - 1) {
        y += rows.get(p / columns);
      }
    }
    g.setColor(FAINT);
    Font small = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    for (String note : notes) {
      y += LINE;
      labels.leftAligned(note, small, MARGIN + 6, y);
    }
  }

  private void paint(Graphics2D g, Panel panel, int rowHeight) {
    if (panel instanceof Raster r) {
      new RasterPainter(r, panelWidth).paint(g);
    } else {
      ChartPainter.paint(g, panel, panelWidth, rowHeight);
    }
  }
}
