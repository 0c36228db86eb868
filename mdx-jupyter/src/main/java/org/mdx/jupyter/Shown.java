package org.mdx.jupyter;

import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.mdx.figures.Figure;
import org.mdx.figures.gallery.Figures;
import org.mdx.figures.gallery.MapFigures;
import org.mdx.map.ReciprocalMap;
import org.mdx.markup.Html;
import org.mdx.pipeline.MergedSweeps;
import org.mdx.scale.ScalingModel;
import org.mdx.scaling.Scaling;
import org.mdx.stats.IsotropicAverage;
import org.mdx.stats.ShellTable;
import org.mdx.table.HKLTable;

/**
 * What a notebook shows for a value: its text, and a picture or a table.
 *
 * @param text what the value prints
 * @param type of the content, {@code image/png} or {@code text/html}
 * @param content base64 of the picture, or the table as HTML without scripts
 */
public record Shown(String text, String type, String content) {
  /** A picture. */
  public static final String PNG = "image/png";

  /** A table or several pictures. */
  public static final String HTML = "text/html";

  /** The values that show themselves. */
  static final List<Class<?>> CLASSES =
      List.of(
          Figure.class,
          HKLTable.class,
          IsotropicAverage.class,
          MergedSweeps.class,
          ReciprocalMap.class,
          Scaling.class,
          ScalingModel.class,
          ShellTable.class);

  private static final int ROWS = 10;

  public Shown {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(content, "content");
  }

  /**
   * What to show for a value.
   *
   * @param value a figure, table, statistics, scaling model or its refinement, or a merge, of which
   *     the plane l = 0 is drawn; of a map it is drawn over its indices
   * @return a picture or a table
   * @throws IllegalArgumentException if it is another value
   */
  public static Shown of(Object value) {
    if (value instanceof Figure figure) {
      return picture(figure, figure.toString());
    } else if (value instanceof HKLTable table) {
      String head = table.head(ROWS).toString();
      return new Shown(
          table.toString(),
          HTML,
          Html.part().element("p", table.toString()).element("pre", head).finish());
    } else if (value instanceof IsotropicAverage average) {
      return picture(Figures.of(average), average.toString());
    } else if (value instanceof MergedSweeps merged) {
      Figure plane = Figures.of(merged.map(merged.reach().plane()), merged.crystal().cell());
      return picture(plane, merged.toString());
    } else if (value instanceof ReciprocalMap map) {
      return picture(MapFigures.byIndex(map), map.toString());
    } else if (value instanceof Scaling scaling) {
      return picture(Figures.of(scaling), scaling.toString());
    } else if (value instanceof ScalingModel model) {
      return pictures(Figures.of(model), model.toString());
    } else if (value instanceof ShellTable statistics) {
      return picture(Figures.of(statistics), statistics.toString());
    }
    throw new IllegalArgumentException("nothing shows a " + value.getClass().getName());
  }

  /**
   * Whether a value has a picture or a table; others are shown as their text.
   *
   * @param value any
   * @return true for those that {@link #of} takes
   */
  public static boolean isShown(Object value) {
    return CLASSES.stream().anyMatch(c -> c.isInstance(value));
  }

  private static Shown picture(Figure figure, String text) {
    return new Shown(text, PNG, base64(figure));
  }

  private static Shown pictures(List<Figure> figures, String text) {
    Html html = Html.part().element("p", text);
    for (Figure f : figures) {
      html.empty("img", "alt", f.title(), "src", "data:image/png;base64," + base64(f));
    }
    return new Shown(text, HTML, html.finish());
  }

  private static String base64(Figure figure) {
    return Base64.getEncoder().encodeToString(figure.png());
  }
}
