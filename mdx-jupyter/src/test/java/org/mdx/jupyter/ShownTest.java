package org.mdx.jupyter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.dflib.jjava.jupyter.Extension;
import org.junit.jupiter.api.Test;
import org.mdx.figures.Figure;
import org.mdx.figures.gallery.Figures;
import org.mdx.math.GridAxis;
import org.mdx.scale.ControlGrid;
import org.mdx.scale.ScaleTerm;
import org.mdx.scale.ScalingModel;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;
import org.rapaio.jupyter.kernel.display.DisplayRenderer;
import org.rapaio.jupyter.kernel.display.spi.DisplayProvider;

/** What notebooks show for values, and that the kernels find who shows it. */
class ShownTest {
  private static final ScalingModel MODEL =
      ScalingModel.of(new ScaleTerm(ControlGrid.of(List.of(GridAxis.of(0, 5, 10)), 1, 1.25, 0.75)));

  private static HKLTable table() {
    return HKLTable.of(Subdivision.NONE, IntColumn.of(1, 2), IntColumn.of(3, 4), IntColumn.of(5, 6))
        .with("intensity", FloatColumn.of(1.5f, 2.5f));
  }

  @Test
  void aFigureShouldBeItsPicture() throws Exception {
    Figure figure = Figures.of(MODEL).get(0);
    Shown shown = Shown.of(figure);
    assertThat(shown.type()).isEqualTo("image/png");
    byte[] png = Base64.getDecoder().decode(shown.content());
    var image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(figure.image().getWidth());
    assertThat(image.getRGB(100, 100)).isEqualTo(figure.image().getRGB(100, 100));
  }

  @Test
  void aTableShouldBeItsFirstRows() {
    Shown shown = Shown.of(table());
    assertThat(shown.type()).isEqualTo("text/html");
    assertThat(shown.content()).contains("<pre>", "2.5").doesNotContain("<script");
    assertThat(shown.text()).startsWith("HKLTable[2 rows");
    assertThatThrownBy(() -> Shown.of("text")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theKernelOfRapaioShouldFindItsRenderers() {
    DisplayProvider provider = ServiceLoader.load(DisplayProvider.class).iterator().next();
    DisplayRenderer renderer =
        provider.getDisplayRenderers().stream()
            .filter(r -> r.rendererClass().equals(ScalingModel.class))
            .findFirst()
            .orElseThrow();
    assertThat(renderer.render(null, MODEL).data().get("text/html").toString())
        .contains("data:image/png;base64,");
  }

  @Test
  void jJavaShouldFindItsExtension() {
    assertThat(
            StreamSupport.stream(ServiceLoader.load(Extension.class).spliterator(), false)
                .map(Object::getClass))
        .contains(JJavaDisplay.class);
  }
}
