package org.mdx.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.UnitCell;
import org.mdx.figures.axes.ChartAxis;
import org.mdx.map.Axis;
import org.mdx.map.ReciprocalMap;
import org.mdx.map.VoxelBox;
import org.mdx.table.Subdivision;

class FigureTest {
  private static final String HOSTILE = "</script><script>alert(\"é\")</script> & 'x', \\u003c ∆φ";

  /** A figure with each kind of panel. */
  static Figure every() {
    int n = 61;
    double[] x = new double[n];
    double[] y = new double[n];
    double[] z = new double[n];
    double[] e = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = i * 3;
      y[i] = 1 + 0.4 * Math.sin(x[i] / 20);
      z[i] = i == 20 ? Double.NaN : 1.2 + 0.001 * i;
      e[i] = i % 10 == 0 ? 0.05 : Double.NaN;
    }
    ChartAxis phi = ChartAxis.of("φ", "°");
    Panel lines =
        new LineChart(
            "lines",
            phi,
            ChartAxis.of("b", ""),
            List.of(
                Series.of("one", x, y).errors(e),
                Series.of("two", x, z).style(Series.Style.DASHED),
                Series.of("three", x, z).style(Series.Style.CROSSES)),
            List.of(new LineChart.Band(60, 120)));
    double[] edges = {-3, -2, -1, 0, 1, 2, 3};
    Panel bars =
        BarChart.of(
                "bars",
                ChartAxis.of("(I − <I>)/σ", ""),
                ChartAxis.of("observations", ""),
                "found",
                edges,
                new double[] {1, 10, 40, 38, 9, 2})
            .with(
                Series.of(
                    "normal", new double[] {-3, -1, 0, 1, 3}, new double[] {1, 24, 40, 24, 1}));
    float[] values = new float[12 * 8];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 7 == 3 ? Float.NaN : (float) (1 + 0.1 * Math.cos(i * 0.3));
    }
    double[] ix = new double[12];
    double[] iy = new double[8];
    for (int i = 0; i < 12; i++) {
      ix[i] = 40 * i;
    }
    for (int i = 0; i < 8; i++) {
      iy[i] = 40 * i;
    }
    Panel heat =
        Heat.of(
                "heat",
                Heat.Cells.around(ChartAxis.of("ix", "pixel"), ix),
                Heat.Cells.around(ChartAxis.of("iy", "pixel"), iy),
                values,
                Colours.of("d", "", Quantity.FACTOR))
            .onDetector();
    return Figure.of("Every kind: " + HOSTILE, lines, bars, heat, plane())
        .columns(2)
        .note("left out: nothing; " + HOSTILE);
  }

  static Plane plane() {
    int n = 21;
    float[] v = new float[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double r = Math.hypot(i - 10, j - 10);
        v[i * n + j] = r > 10.2 ? Float.NaN : (float) (100 * Math.exp(-r / 4) + i);
      }
    }
    ReciprocalMap map =
        ReciprocalMap.of(
            "intensity", new Subdivision(2, 2, 1), new VoxelBox(-10, -10, 0, n, n, 1), v);
    return Plane.of(
        "l = 0",
        map,
        Axis.L,
        new UnitCell(30, 30, 40, 90, 90, 120),
        Colours.of("I", "counts/s", Quantity.INTENSITY));
  }

  @Test
  void sameFigureShouldGiveTheSameBytes() {
    assertThat(every().png()).isEqualTo(every().png());
    assertThat(every().svg()).isEqualTo(every().svg());
    assertThat(every().pdf()).isEqualTo(every().pdf());
    assertThat(every().html()).isEqualTo(every().html());
    assertThat(new String(every().pdf(), 0, 5, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("%PDF-");
  }

  /** Coloured pixels of a chart: lines and bars are there, not just a frame. */
  @Test
  void nothingShouldBeEmpty() throws IOException {
    BufferedImage image = every().image();
    assertThat(count(image, 0xB5D0E6)).as("bars").isGreaterThan(5000);
    assertThat(count(image, 0xEFEFEF)).as("band").isGreaterThan(5000);
    assertThat(count(image, ColourMap.VIRIDIS.unmeasured())).as("unmeasured").isGreaterThan(5000);
    assertThat(count(image, 0xDADADA)).isGreaterThan(5000);
    String save = System.getProperty("mdx.figures.save");
    if (save != null) {
      Files.write(Path.of(save, "every.png"), every().png());
      Files.writeString(Path.of(save, "every.svg"), every().svg());
      Files.write(Path.of(save, "every.pdf"), every().pdf());
      Files.writeString(Path.of(save, "every.html"), every().html());
    }
  }

  static int count(BufferedImage image, int rgb) {
    int n = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        n += (image.getRGB(x, y) & 0xFFFFFF) == rgb ? 1 : 0;
      }
    }
    return n;
  }

  /** The plane of the SVG is an image in it: pixel for pixel that of the PNG. */
  @Test
  void svgShouldHoldThePixelsOfThePng() throws IOException {
    Figure figure = Figure.of("plane", plane());
    String svg = figure.svg();
    Matcher m = Pattern.compile("data:image/png;base64,([A-Za-z0-9+/=\\s]+)").matcher(svg);
    assertThat(m.find()).isTrue();
    byte[] bytes = Base64.getMimeDecoder().decode(m.group(1));
    BufferedImage inner = ImageIO.read(new ByteArrayInputStream(bytes));
    BufferedImage png = figure.image();
    int[] place = new RasterPainter(plane(), 900).place();
    assertThat(inner.getWidth()).isEqualTo(place[2]);
    assertThat(inner.getHeight()).isEqualTo(place[3]);
    for (int y = 3; y < place[3] - 3; y += 7) {
      for (int x = 3; x < place[2] - 3; x += 7) {
        assertThat(png.getRGB(12 + place[0] + x, 46 + place[1] + y)).isEqualTo(inner.getRGB(x, y));
      }
    }
    assertThat(svg).contains(">l = 0<").contains("I (counts/s)");
  }

  @Test
  void csvShouldHoldExactlyWhatIsDrawn() {
    Figure line =
        Figure.of(
            "x",
            LineChart.of(
                "",
                ChartAxis.of("s", "1/Å"),
                ChartAxis.of("I, mean", ""),
                Series.of("a \"b\"", new double[] {0.1, 0.2}, new double[] {1 / 3.0, Double.NaN})));
    assertThat(line.toCsv())
        .isEqualTo(
            "series,s (1/Å),\"I, mean\"\n\"a \"\"b\"\"\",0.1,0.3333333333333333\n\"a \"\"b\"\"\",0.2,\n");
    assertThat(Figure.of("p", plane().limits(-1, 1, -0.5, 0.5)).toCsv().lines().count())
        .as("h -1 to 1, k -0.5 to 0.5 by halves, and what lies between in the skewed box")
        .isBetween(1 + 15L, 1 + 21L);
  }

  @Test
  void textsShouldStayTexts() {
    Figure f = every();
    String html = f.html();
    assertThat(html).doesNotContain("<script>alert").doesNotContain("</script><script>alert");
    assertThat(html).contains("&lt;script&gt;alert(&quot;é&quot;)");
    assertThat(f.svg()).doesNotContain("<script");
  }

  /** The only one is that of the chart library's home, in the notice of its licence. */
  @Test
  void pageShouldHoldNoAddress() {
    String page =
        every().html().replaceFirst("/\\*! https://github.com/leeoniya/uPlot[^*]*\\*/", "");
    int at = Math.max(page.indexOf("://"), page.indexOf("url("));
    assertThat(at < 0 ? "" : page.substring(at - 30, at + 50)).isEmpty();
  }

  @Test
  void mistakesShouldBeNamed() {
    assertThatThrownBy(() -> Series.of("b", new double[] {1, 0.5}, new double[2]))
        .hasMessageContaining("b: x[1] = 0.5");
    assertThatThrownBy(() -> Figure.of("none", List.of())).hasMessageContaining("no panel");
    assertThatThrownBy(() -> ColourRange.of(3, 3)).hasMessageContaining("3.0 to 3.0");
    assertThatThrownBy(() -> ColourRange.fromZero(0)).hasMessageContaining("percentile 0.0");
  }

  @Test
  void figureOfNothingButGapsShouldBeDrawn() {
    double[] none = {Double.NaN, Double.NaN};
    Figure f =
        Figure.of(
            "nothing",
            LineChart.of(
                "",
                ChartAxis.of("x", ""),
                ChartAxis.of("y", "").log(),
                Series.of("gaps", new double[] {0, 1}, none)));
    assertThat(f.values()).isZero();
    assertThat(f.image().getWidth()).isGreaterThan(300);
    assertThat(f.svg()).contains("nothing");
  }
}
