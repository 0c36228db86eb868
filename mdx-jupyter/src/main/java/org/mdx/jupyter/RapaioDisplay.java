package org.mdx.jupyter;

import java.util.List;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.DisplayRenderer;
import org.rapaio.jupyter.kernel.display.DisplayTransformer;
import org.rapaio.jupyter.kernel.display.spi.DisplayProvider;

/** Shows values in the kernel of rapaio, which finds this class as a service. */
public final class RapaioDisplay implements DisplayProvider {

  /** Made by the kernel. */
  public RapaioDisplay() {}

  private record Renderer(Class<?> rendererClass) implements DisplayRenderer {

    @Override
    public boolean canRender(String type) {
      return true;
    }

    @Override
    public DisplayData render(String type, Object value) {
      Shown shown = Shown.of(value);
      DisplayData data = DisplayData.withType(shown.type(), shown.content());
      data.putText(shown.text());
      return data;
    }
  }

  @Override
  public List<DisplayRenderer> getDisplayRenderers() {
    return Shown.CLASSES.stream().<DisplayRenderer>map(Renderer::new).toList();
  }

  @Override
  public List<DisplayTransformer> getDisplayTransformers() {
    return List.of();
  }
}
