package org.mdx.figures;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.mdx.markup.Html;

/**
 * A page of figures, tables and texts in one file that needs no other: it opens from a disk without
 * a network, and its policy lets a browser run nothing but the scripts that were written into it.
 * Charts zoom where one drags over them, pictures where one clicks, tables sort by a click on a
 * head. All texts are escaped. When everything is drawn the title of the page is {@code ready}.
 *
 * <p>A builder, to be used once.
 */
public final class Page {
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  private final String title;
  private final Html body = Html.part();
  private final List<String> charts = new ArrayList<>();

  private Page(String title) {
    this.title = title;
  }

  /**
   * Begins a page.
   *
   * @param title its first line
   * @return a builder
   */
  public static Page of(String title) {
    Page page = new Page(title);
    page.body.element("h1", title).line();
    return page;
  }

  /**
   * Writes what the page is about.
   *
   * @param text one line
   * @return this builder
   */
  public Page lead(String text) {
    body.element("p", text, "class", "lead").line();
    return this;
  }

  /**
   * Begins a section.
   *
   * @param text its heading
   * @return this builder
   */
  public Page section(String text) {
    body.element("h2", text).line();
    return this;
  }

  /**
   * Begins a part of a section.
   *
   * @param text its heading
   * @return this builder
   */
  public Page subsection(String text) {
    body.element("h3", text).line();
    return this;
  }

  /**
   * Writes a paragraph.
   *
   * @param text of it
   * @return this builder
   */
  public Page paragraph(String text) {
    body.element("p", text).line();
    return this;
  }

  /**
   * Writes lines as they stand, such as a command.
   *
   * @param text of any number of lines
   * @return this builder
   */
  public Page code(String text) {
    body.element("pre", text).line();
    return this;
  }

  /**
   * Writes a table.
   *
   * @param table its rows
   * @return this builder
   */
  public Page table(PageTable table) {
    table.write(body);
    return this;
  }

  /**
   * Writes a table that is unfolded by a click, or by a link to its name.
   *
   * @param id name that links have after #
   * @param summary what is seen of it at first
   * @param table its rows
   * @return this builder
   */
  public Page details(String id, String summary, PageTable table) {
    return details(id, summary, table.toHtml());
  }

  /**
   * Writes anything that is unfolded by a click, or by a link to its name.
   *
   * @param id name that links have after #
   * @param summary what is seen of it at first
   * @param content what is unfolded
   * @return this builder
   */
  public Page details(String id, String summary, Html content) {
    body.open("details", "id", id).element("summary", summary).add(content).close().line();
    return this;
  }

  /**
   * Writes a figure: charts that zoom, pictures of planes.
   *
   * @param figure any
   * @return this builder
   */
  public Page figure(Figure figure) {
    int columns = Math.min(figure.columns(), figure.panels().size());
    body.open("figure").element("h3", figure.title());
    body.open(
        "div", "class", columns == 1 ? "panels" : columns == 2 ? "panels two" : "panels three");
    for (Panel panel : figure.panels()) {
      body.open("div", "class", "panel");
      if (panel instanceof Raster r) {
        picture(figure, r, columns);
      } else {
        if (!panel.title().isEmpty()) {
          body.element("h4", panel.title());
        }
        body.element("div", "", "class", "chart", "data-chart", Integer.toString(charts.size()));
        charts.add(PageChart.json(panel));
      }
      body.close();
    }
    body.close();
    for (String note : figure.notes()) {
      body.element("figcaption", note);
    }
    body.close().line();
    return this;
  }

  private void picture(Figure figure, Raster panel, int columns) {
    Figure one = Figure.of("", panel);
    byte[] png = new FigurePainter(one, columns == 1 ? 900 : 620).panelPng();
    body.empty(
        "img",
        "alt",
        panel.title().isEmpty() ? figure.title() : panel.title(),
        "src",
        "data:image/png;base64," + Base64.getEncoder().encodeToString(png));
  }

  /**
   * Ends the page.
   *
   * @return the text of the file
   */
  public String finish() {
    boolean plain = charts.isEmpty();
    String css = plain ? style() : resource(UPLOT + "uPlot.min.css") + style();
    List<String> scripts = new ArrayList<>();
    if (!plain) {
      scripts.add(resource(UPLOT + "uPlot.iife.min.js"));
    }
    scripts.add(resource("page.js"));
    String policy =
        "default-src 'none'; img-src data:; style-src "
            + hash(css)
            + "; script-src "
            + scripts.stream().map(Page::hash).collect(Collectors.joining(" "))
            + "; base-uri 'none'; form-action 'none'";
    Html page = Html.page("en").open("head").empty("meta", "charset", "utf-8");
    page.empty("meta", "http-equiv", "Content-Security-Policy", "content", policy);
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.element("title", title).line().code("style", css).close().line();
    page.open("body").add(body);
    page.json("charts", "[" + String.join(",", charts) + "]");
    scripts.forEach(text -> page.code("script", text));
    return page.close().finish();
  }

  /**
   * How all pages look, for those that are not made by this builder.
   *
   * @return a style sheet
   */
  public static String style() {
    return resource("page.css");
  }

  /** As a policy names a text that {@link Html#code} writes. */
  private static String hash(String code) {
    try {
      byte[] written = ("\n" + code).getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(written);
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing, which every JDK has", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            name + " is not on the class path; pages need org.webjars.npm:uplot:1.6.30");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The title. */
  @Override
  public String toString() {
    return "Page[" + title + ", " + charts.size() + " charts]";
  }
}
