package org.mdx.io.dials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.io.MdxFormatException;
import org.mdx.io.Mutations;

class ExperimentListTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path folder;

  /**
   * Three experiments: the first and third share scan, image set and all else but the crystal; the
   * crystals vary along their scans of images 3 to 5 and 3 to 4.
   */
  private static ObjectNode three() {
    ObjectNode root = ExptFixture.tree();
    String row =
        "{\"identifier\": \"%s\", \"beam\": 0, \"detector\": 0, \"goniometer\": 0, \"scan\": %d,"
            + " \"crystal\": %d, \"imageset\": %d, \"colour\": 7, \"profile\": -1}";
    ExptFixture.set(
        root,
        "/experiment",
        "["
            + row.formatted("a", 0, 0, 1)
            + ","
            + row.formatted("b", 1, 2, 0)
            + ","
            + row.formatted("c", 0, 1, 1)
            + "]");
    ((ArrayNode) root.get("scan")).add(root.at("/scan/0").deepCopy());
    ExptFixture.set(root, "/scan/1/image_range", "[3, 4]");
    ExptFixture.set(root, "/scan/1/exposure_time", "[0.2, 0]");
    ExptFixture.set(root, "/scan/1/epochs", "[5]");
    ExptFixture.set(root, "/scan/0/valid_image_ranges", "{\"a\": [[1, 3], [5, 5]], \"c\": []}");
    ((ArrayNode) root.get("imageset")).add(root.at("/imageset/0").deepCopy());
    ExptFixture.set(root, "/imageset/1/images", "[\"x.cbf\", \"/y.cbf\"]");
    ExptFixture.set(root, "/imageset/1/single_file_indices", "[0, 1, 2]");
    ExptFixture.set(root, "/imageset/1/what", "{\"nobody\": [\"knows\", 1e-30]}");
    ArrayNode crystals = (ArrayNode) root.get("crystal");
    crystals.add(crystals.get(0).deepCopy()).add(crystals.get(0).deepCopy());
    ExptFixture.set(root, "/crystal/0/A_at_scan_points", "[[10], [11], [12], [13]]");
    ExptFixture.set(root, "/crystal/1/A_at_scan_points", "[[20], [21], [22], [23]]");
    ExptFixture.set(root, "/crystal/2/B_covariance_at_scan_points", "[[30], [31], [32]]");
    ExptFixture.set(root, "/answer", "42");
    return root;
  }

  private ExperimentList list(JsonNode root) throws IOException {
    return ExperimentList.read(ExptFixture.write(folder, root));
  }

  private JsonNode written(ExperimentList list, String name) throws IOException {
    Path file = folder.resolve(name);
    list.write(file);
    return MAPPER.readTree(file.toFile());
  }

  @Test
  void aListShouldBeWrittenAsItWasRead() throws IOException {
    ObjectNode root = three();
    ExperimentList list = list(root);
    assertThat(written(list, "y.expt")).isEqualTo(MAPPER.readTree(MAPPER.writeValueAsBytes(root)));
    assertThat(list.size()).isEqualTo(3);
    assertThat(list.identifier(1)).isEqualTo("b");
    assertThat(list.images(1)).contains(new ImageRange(3, 4));
    assertThat(list.model(2, "crystal")).hasValue(1);
    assertThat(list.model(2, "profile")).isEqualTo(OptionalInt.empty());
    assertThat(list.models("crystal")).isEqualTo(3);
  }

  @Test
  void numbersThatAreNoneShouldBeWrittenAsPythonReadsThem() throws IOException {
    Path file = folder.resolve("x.expt");
    String text = MAPPER.writeValueAsString(ExptFixture.tree()).replace("3.9", "NaN");
    Files.writeString(file, text);
    ExperimentList.read(file).write(folder.resolve("y.expt"));
    assertThat(Files.readString(folder.resolve("y.expt"))).contains("\"mu\" : NaN");
  }

  @Test
  void selectedExperimentsShouldKeepTheModelsThatTheyNeed() throws IOException {
    JsonNode root = written(list(three()).select(2, 0), "y.expt");
    assertThat(root.at("/experiment/0/identifier").textValue()).isEqualTo("c");
    assertThat(root.at("/experiment/0/crystal").intValue()).isZero();
    assertThat(root.at("/experiment/1/crystal").intValue()).isEqualTo(1);
    assertThat(root.at("/experiment/1/imageset").intValue()).isZero();
    assertThat(root.at("/experiment/1/scan").intValue()).isZero();
    assertThat(root.at("/experiment/1/colour").intValue()).isEqualTo(7);
    assertThat(root.at("/experiment/1/profile").intValue()).isEqualTo(-1);
    assertThat(root.get("crystal")).hasSize(2);
    assertThat(root.at("/crystal/0/A_at_scan_points/0/0").intValue()).isEqualTo(20);
    assertThat(root.get("imageset")).hasSize(1);
    assertThat(root.at("/imageset/0/what/nobody/1").doubleValue()).isEqualTo(1e-30);
    assertThat(root.get("scan")).hasSize(1);
    assertThat(root.get("answer").intValue()).isEqualTo(42);
  }

  @Test
  void relativePathsShouldFollowTheFolder() throws IOException {
    Files.createDirectories(folder.resolve("out/deep"));
    JsonNode root = written(list(three()), "out/deep/y.expt");
    assertThat(root.at("/imageset/0/template").textValue()).isEqualTo("../../images/x_###.cbf");
    assertThat(root.at("/imageset/0/gain").textValue()).isEmpty();
    assertThat(root.at("/imageset/0/mask").isNull()).isTrue();
    assertThat(root.at("/imageset/1/images/0").textValue()).isEqualTo("../../x.cbf");
    assertThat(root.at("/imageset/1/images/1").textValue()).isEqualTo("/y.cbf");
  }

  @Test
  void combinedListsShouldReferToTheirOwnModels() throws IOException {
    ExperimentList first = list(three());
    Path other = Files.createDirectory(folder.resolve("other"));
    ObjectNode tree = ExptFixture.with("/beam/0/wavelength", "1.5");
    ExptFixture.set(tree, "/extra", "[{\"x\": 1}]");
    ExptFixture.set(tree, "/experiment/0/extra", "0");
    ExperimentList second = ExperimentList.read(ExptFixture.write(other, tree));
    ExperimentList all = ExperimentList.combine(List.of(first, second));
    JsonNode root = written(all, "y.expt");
    assertThat(root.get("experiment")).hasSize(4);
    JsonNode row = root.at("/experiment/3");
    assertThat(row.get("identifier").textValue()).isEqualTo("a-b");
    assertThat(root.at("/beam/" + row.get("beam") + "/wavelength").doubleValue()).isEqualTo(1.5);
    assertThat(row.get("crystal").intValue()).isEqualTo(3);
    assertThat(row.get("extra").intValue()).isZero();
    assertThat(root.at("/extra/0/x").intValue()).isEqualTo(1);
    assertThat(root.at("/imageset/2/template").textValue()).isEqualTo("other/images/x_###.cbf");
    assertThat(root.get("answer").intValue()).isEqualTo(42);
    assertThat(MAPPER.<JsonNode>valueToTree(written(all.select(0, 1, 2), "z.expt").get("crystal")))
        .isEqualTo(MAPPER.valueToTree(written(first.select(0, 1, 2), "w.expt").get("crystal")));
    assertThatThrownBy(() -> ExperimentList.combine(List.of(all, second)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the experiment a-b is there twice");
  }

  @Test
  void slicesShouldCutWhatDependsOnTheImage() throws IOException {
    ExperimentList list = list(three());
    ImageRange tail = new ImageRange(4, 5);
    JsonNode root = written(list.slice(Arrays.asList(tail, null, tail)), "y.expt");
    assertThat(root.get("scan")).hasSize(2);
    assertThat(root.at("/experiment/0/scan")).isEqualTo(root.at("/experiment/2/scan"));
    JsonNode scan = root.at("/scan/0");
    assertThat(scan.get("image_range")).hasToString("[4,5]");
    assertThat(scan.get("oscillation")).hasToString("[10.5,0.5]");
    assertThat(scan.get("exposure_time")).hasToString("[0.05,0.06]");
    assertThat(scan.get("epochs")).hasToString("[1,2]");
    assertThat(scan.get("valid_image_ranges")).hasToString("{\"a\":[[5,5]],\"c\":[]}");
    assertThat(scan.get("batch_offset").intValue()).isZero();
    assertThat(root.at("/crystal/0/A_at_scan_points")).hasToString("[[11],[12],[13]]");
    assertThat(root.at("/crystal/2/A_at_scan_points")).hasToString("[[21],[22],[23]]");
    assertThat(root.at("/crystal/1/B_covariance_at_scan_points")).hasToString("[[30],[31],[32]]");
    assertThat(root.at("/imageset/0/single_file_indices")).hasToString("[1,2]");
    assertThat(root.get("detector")).hasSize(1);
    root = written(list.slice(Arrays.asList(tail, new ImageRange(4, 4), null)), "z.expt");
    assertThat(root.get("scan")).hasSize(3);
    assertThat(root.at("/scan/1/exposure_time")).hasToString("[0.2]");
    assertThat(root.at("/scan/1/epochs")).hasToString("[5]");
    assertThat(root.at("/crystal/1/B_covariance_at_scan_points")).hasToString("[[31],[32]]");
    assertThat(root.at("/scan/2/image_range")).hasToString("[3,5]");
    assertThatThrownBy(() -> list.slice(Arrays.asList(null, tail, null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("images 4 to 5 of experiment 1, which has images 3 to 4");
  }

  @Test
  void newerScansShouldBeCutToo() throws IOException {
    ObjectNode root = ExptFixture.tree();
    ExptFixture.set(
        root,
        "/scan/0",
        "{\"image_range\": [3, 5], \"properties\": {\"oscillation\": [10, 10.5, 11],"
            + " \"exposure_time\": [1, 2, 3], \"mode\": \"fine\"}}");
    ExperimentList list = list(root);
    ExperimentList one = list.slice(List.of(new ImageRange(5, 5)));
    assertThat(written(one, "y.expt").at("/scan/0/properties"))
        .hasToString(
            "{\"oscillation\":[11],\"exposure_time\":[3],\"mode\":\"fine\","
                + "\"oscillation_width\":[0.5]}");
    assertThat(Dials.readGeometry(folder.resolve("y.expt")).scan().width()).isEqualTo(0.5);
    ExptFixture.set(root, "/scan/0/properties/oscillation", "[10, 10.5]");
    ExperimentList damaged = list(root);
    assertThatThrownBy(() -> damaged.slice(List.of(new ImageRange(3, 4))))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("/scan/0/properties/oscillation: expected a list of 3");
  }

  @Test
  void rangesShouldBeReadFromText() {
    assertThat(ImageRange.of("1:60")).isEqualTo(new ImageRange(1, 60));
    assertThat(ImageRange.of("7,7").length()).isEqualTo(1);
    assertThatThrownBy(() -> ImageRange.of("3")).hasMessageContaining("'3' is no range of images");
    assertThatThrownBy(() -> ImageRange.of("4:3")).hasMessageContaining("images 4 to 3 are none");
  }

  @Test
  void reflectionsShouldFollowTheirExperimentsByIdentifier() throws IOException {
    ExperimentList list = list(three());
    ReflectionTable table =
        ReflectionTable.of(
            6,
            Map.of(0L, "b", 1L, "a"), // none of c, and not in the order of the list
            Map.of(
                "id",
                ReflectionColumn.ofIntegers(ColumnType.INT, 0, 1, 1, -1, 0, 1),
                "imageset_id",
                ReflectionColumn.ofIntegers(ColumnType.INT, 0, 1, 1, 0, 0, 1),
                "xyzcal.px",
                ReflectionColumn.ofDoubles(
                    ColumnType.VEC3,
                    IntStream.range(0, 18).mapToDouble(i -> i / 3 * 0.5 + 2).toArray())));
    DialsData data = new DialsData(list, table);
    DialsData a = data.select(0);
    assertThat(a.reflections().rows()).isEqualTo(3);
    assertThat(a.reflections().identifiers()).isEqualTo(Map.of(0L, "a"));
    assertThat(a.reflections().column("imageset_id").integer(2)).isZero();
    assertThat(data.split().stream().map(p -> p.reflections().rows())).containsExactly(3, 2, 0);
    // z is 2, 2.5, 3, 3.5, 4, 4.5: image 4 is [3, 4)
    ImageRange four = new ImageRange(4, 4);
    ReflectionTable sliced = data.slice(List.of(four, four, four)).reflections();
    assertThat(sliced.rows()).isEqualTo(1);
    assertThat(sliced.column("xyzcal.px").value(0, 2)).isEqualTo(3);
    assertThat(sliced.identifiers()).isEqualTo(table.identifiers());
    assertThatThrownBy(
            () -> new DialsData(list, table.withIdentifiers(Map.of(0L, "other"))).select(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("experiment 0 is a, in the table of reflections other");
    requireCombined(data, data.split());
  }

  private static void requireCombined(DialsData data, List<DialsData> parts) {
    DialsData all = DialsData.combine(List.of(parts.get(1), parts.get(0), parts.get(2)));
    assertThat(all.experiments().identifier(0)).isEqualTo("b");
    assertThat(all.reflections().identifiers()).isEqualTo(Map.of(0L, "b", 1L, "a"));
    List<Long> ids = new ArrayList<>();
    List<Long> sets = new ArrayList<>();
    for (int i = 0; i < all.reflections().rows(); i++) {
      ids.add(all.reflections().column("id").integer(i));
      sets.add(all.reflections().column("imageset_id").integer(i));
    }
    assertThat(ids).containsExactly(0L, 0L, 1L, 1L, 1L);
    assertThat(sets).containsExactly(0L, 0L, 1L, 1L, 1L);
    ReflectionColumn far = ReflectionColumn.ofIntegers(ColumnType.INT, 0, 1, 2, 3, 3, -1);
    DialsData wrong = new DialsData(data.experiments(), data.reflections().withColumn("id", far));
    assertThatThrownBy(() -> DialsData.combine(List.of(wrong)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reflection 3 belongs to experiment 3");
  }

  @Test
  void damagedListsShouldEndInAListOrAFormatException() throws IOException {
    byte[] bytes = MAPPER.writeValueAsBytes(three());
    Mutations m = Mutations.of(3000, 4);
    Random random = new Random(m.seed());
    int failures = 0;
    for (int i = 0; i < m.cases(); i++) {
      byte[] changed = ReflectionFileTest.mutate(bytes, random);
      Path file = folder.resolve("x.expt");
      Files.deleteIfExists(file);
      Files.write(file, i % 10 == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : changed);
      try {
        ExperimentList list = ExperimentList.read(file);
        int[] rows = IntStream.range(0, list.size()).toArray();
        list.select(rows);
        List<ImageRange> ranges = new ArrayList<>();
        for (int row : rows) {
          ranges.add(list.images(row).map(r -> new ImageRange(r.last(), r.last())).orElse(null));
        }
        list.slice(ranges);
        ExperimentList.combine(List.of(list, list.select()));
      } catch (MdxFormatException e) {
        assertThat(e).hasMessageContaining("x.expt: ");
        failures++;
      } catch (IllegalArgumentException e) {
        assertThat(e).as(m.name("x.expt", i)).hasMessageContaining("is there twice");
      }
    }
    assertThat(failures).isBetween(m.cases() / 10, m.cases() - 1);
  }

  @Test
  void masksShouldGoToImageSetsInTheOrderOfTheirExperiments() throws IOException {
    ExperimentList list = list(three());
    assertThat(list.imageSets()).containsExactly(0, 1);
    assertThat(list.mask(0)).isEmpty();
    Path mask = folder.resolve("sub/p.mask");
    ExperimentList masked = list.withMasks(Arrays.asList(mask, folder.resolve("q.mask")));
    assertThat(masked.mask(0)).contains(mask);
    assertThat(masked.mask(1)).contains(folder.resolve("q.mask"));
    assertThat(masked.mask(2)).contains(mask);
    ObjectNode expected = three();
    ExptFixture.set(expected, "/imageset/1/mask", "\"sub/p.mask\"");
    ExptFixture.set(expected, "/imageset/0/mask", "\"q.mask\"");
    assertThat(written(masked, "m.expt")).isEqualTo(expected);
    ExptFixture.set(expected, "/imageset/1/mask", "null");
    assertThat(written(masked.withMasks(Arrays.asList(null, folder.resolve("q.mask"))), "n.expt"))
        .isEqualTo(expected);
    assertThatThrownBy(() -> list.withMasks(List.of(mask))).hasMessage("1 masks for 2 image sets");
  }

  @Test
  void masksOfImagesWithAbsolutePathsShouldBeAbsolute() throws IOException {
    ObjectNode root = ExptFixture.with("/imageset/0/template", "\"/data/x_###.cbf\"");
    Path mask = folder.resolve("sub/../p.mask");
    assertThat(
            written(list(root).withMasks(List.of(mask)), "y.expt").at("/imageset/0/mask").asText())
        .isEqualTo(mask.toAbsolutePath().normalize().toString());
  }

  @Test
  void beamAndDetectorShouldBeReadOfStillsToo() throws IOException {
    ObjectNode still = ExptFixture.with("/experiment/0/scan", null);
    ExptFixture.set(still, "/experiment/0/goniometer", null);
    assertThat(list(still).beam(0).wavelength()).isEqualTo(0.9768);
    assertThat(list(still).detector(0).panels().get(0).width()).isEqualTo(7);
    ObjectNode blind = ExptFixture.with("/experiment/0/detector", "-1");
    assertThatThrownBy(() -> list(blind).detector(0))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("expected a detector, found none");
  }
}
