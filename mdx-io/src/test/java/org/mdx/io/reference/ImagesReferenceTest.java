package org.mdx.io.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mdx.image.ImageSource;
import org.mdx.io.image.ImageFiles;
import org.mdx.io.image.ImageHeader;
import org.mdx.io.image.PanelHeader;
import org.mdx.math.Vec3;

/**
 * Images that instruments and other programs wrote, against what dxtbx 3.12 reads from them ({@code
 * real/images/expected.json}).
 */
class ImagesReferenceTest {
  private static final Offset<Double> EXACT = within(1e-9);

  /** The files in {@code expected.json} that are not HDF5. */
  static List<String> names() {
    return List.of(
        "TIMEPIX_SU_512-stdgoni_0001.img",
        "dlsnxs2cbf_therm_0001.cbf.gz",
        "simtbx_FormatSMVJHSim_001.img",
        "thau_3_2_0001.cbf.bz2",
        "thau_3_2_0002.cbf.bz2",
        "thau_3_2_0008.cbf.bz2");
  }

  private static JsonNode expected(String name) throws IOException {
    Path file = Reference.file("real/images/expected.json");
    return new ObjectMapper().readTree(file.toFile()).get(name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void pixelsShouldBeThoseOfDxtbx(String name) throws IOException {
    JsonNode e = expected(name);
    ImageSource source = ImageFiles.open(Reference.file("real/images/" + name));
    assertThat(source.frames()).isEqualTo(1);
    assertThat(source.panels()).isEqualTo(e.get("n_panels").asInt());
    int[][] frame = new int[source.panels()][];
    for (int p = 0; p < frame.length; p++) {
      frame[p] = new int[source.width(p) * source.height(p)];
    }
    source.read(0, frame);
    long total = 0;
    for (int[] panel : frame) {
      total += Arrays.stream(panel).asLongStream().sum();
    }
    assertThat(total).isEqualTo(e.get("total").asLong());
    for (int p = 0; p < e.get("panels").size(); p++) {
      JsonNode panel = e.get("panels").get(p);
      assertThat(source.height(p)).isEqualTo(panel.at("/shape/0").asInt());
      assertThat(source.width(p)).isEqualTo(panel.at("/shape/1").asInt());
      int[] a = frame[p];
      assertThat(Arrays.stream(a).asLongStream().sum()).isEqualTo(panel.get("sum").asLong());
      assertThat(Arrays.stream(a).min()).hasValue(panel.get("min").asInt());
      assertThat(Arrays.stream(a).max()).hasValue(panel.get("max").asInt());
      assertThat(Arrays.stream(a).filter(v -> v < 0).count())
          .isEqualTo(panel.get("negatives").asLong());
      assertThat(a[100 * source.width(p) + 200]).isEqualTo(panel.get("value_at_y100_x200").asInt());
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void geometryShouldBeThatOfDxtbx(String name) throws IOException {
    JsonNode e = expected(name);
    ImageHeader h = ImageFiles.header(Reference.file("real/images/" + name));
    assertThat(h.beam().wavelength()).hasValue(e.get("wavelength").asDouble());
    assertVector(h.beam().direction().orElseThrow(), e.get("direction"));
    assertThat(h.scan().start()).hasValue(e.at("/oscillation/0").asDouble());
    assertThat(h.scan().width()).hasValue(e.at("/oscillation/1").asDouble());
    assertVector(h.scan().axis().orElseThrow(), e.get("axis"));
    assertThat(h.panels()).hasSize(e.get("n_panels").asInt());
    for (int p = 0; p < e.get("panels").size(); p++) {
      assertPanel(h.panels().get(p), e.get("panels").get(p));
    }
  }

  private static void assertPanel(PanelHeader p, JsonNode e) {
    assertThat(p.name()).isEqualTo(e.get("name").asText());
    assertThat(p.pixelWidth().getAsDouble()).isCloseTo(e.at("/pixel_size/0").asDouble(), EXACT);
    assertThat(p.pixelHeight().getAsDouble()).isCloseTo(e.at("/pixel_size/1").asDouble(), EXACT);
    assertVector(p.origin().orElseThrow(), e.get("origin"));
    assertVector(p.fast().orElseThrow(), e.get("fast"));
    assertVector(p.slow().orElseThrow(), e.get("slow"));
    assertThat(p.thickness().orElse(0)).isCloseTo(e.get("thickness").asDouble(), EXACT);
    assertThat(p.gain().orElse(1)).isEqualTo(e.get("gain").asDouble());
    assertThat(p.pedestal().orElse(0)).isEqualTo(e.get("pedestal").asDouble());
    // dxtbx 3.12 means both limits to be exclusive
    assertThat(p.trustedMin()).hasValue(e.at("/trusted/0").asDouble() + 1);
    assertThat(p.trustedMax()).hasValue(e.at("/trusted/1").asDouble() - 1);
  }

  private static void assertVector(Vec3 v, JsonNode e) {
    assertThat(v.x()).isCloseTo(e.get(0).asDouble(), EXACT);
    assertThat(v.y()).isCloseTo(e.get(1).asDouble(), EXACT);
    assertThat(v.z()).isCloseTo(e.get(2).asDouble(), EXACT);
  }
}
