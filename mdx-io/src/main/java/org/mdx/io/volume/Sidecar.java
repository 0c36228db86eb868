package org.mdx.io.volume;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.io.MdxFormatException;
import org.mdx.io.output.AtomicFile;
import org.mdx.map.ReciprocalMap;
import org.mdx.map.VoxelBox;
import org.mdx.table.Subdivision;

/**
 * The description of a map in a JSON file beside a format that cannot hold it: {@code map.npy.json}
 * beside {@code map.npy}.
 *
 * @param quantity what the values are
 * @param ndiv voxels per unit of each index
 * @param box the voxels
 * @param missing stands for what was not measured; NaN if NaN does
 * @param symmetry cell and space group, as far as they are known
 */
public record Sidecar(
    String quantity, Subdivision ndiv, VoxelBox box, float missing, CrystalSymmetry symmetry) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String FORMAT = "mdx reciprocal-space map";
  private static final int LONGEST = 1 << 20;

  /**
   * That of a map.
   *
   * @param file the map
   * @param missing what was written where nothing was measured
   * @return the description
   */
  public static Sidecar of(MapFile file, float missing) {
    ReciprocalMap m = file.map();
    return new Sidecar(m.name(), m.ndiv(), m.box(), missing, file.symmetry());
  }

  /**
   * Where the description of a file is.
   *
   * @param data the file
   * @return its path with {@code .json} appended
   */
  public static Path beside(Path data) {
    return data.resolveSibling(data.getFileName() + ".json");
  }

  /**
   * Writes the description.
   *
   * @param data the file that it describes
   * @throws IOException if it cannot be written
   */
  public void write(Path data) throws IOException {
    ObjectNode o = JSON.objectNode().put("format", FORMAT).put("version", 1);
    o.put("quantity", quantity);
    o.put("axes", "h k l; voxel i along h is centred on h = (origin[0] + i) / ndiv[0]");
    o.set("ndiv", integers(ndiv.h(), ndiv.k(), ndiv.l()));
    o.set("origin", integers(box.h0(), box.k0(), box.l0()));
    o.set("shape", integers(box.nh(), box.nk(), box.nl()));
    o.put("missing", Float.isNaN(missing) ? "NaN" : Float.toString(missing));
    symmetry
        .cell()
        .ifPresent(
            c -> {
              ArrayNode a = o.putArray("unit_cell");
              a.add(c.a()).add(c.b()).add(c.c()).add(c.alpha()).add(c.beta()).add(c.gamma());
            });
    symmetry
        .spaceGroup()
        .ifPresent(
            g ->
                o.putObject("space_group")
                    .put("hermann_mauguin", g.hermannMauguin())
                    .put("hall", g.hall())
                    .put("number", g.number()));
    byte[] text =
        (o.toPrettyString().replace(System.lineSeparator(), "\n") + "\n")
            .getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(beside(data), out -> out.write(text));
  }

  private static ArrayNode integers(int... v) {
    ArrayNode a = JSON.arrayNode();
    for (int i : v) {
      a.add(i);
    }
    return a;
  }

  /**
   * Reads the description of a file.
   *
   * @param data the file that it describes
   * @return the description; empty if there is none
   * @throws IOException if it cannot be read
   * @throws MdxFormatException if it is damaged
   */
  public static Optional<Sidecar> find(Path data) throws IOException {
    Path path = beside(data);
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    if (Files.size(path) > LONGEST) {
      throw new MdxFormatException(
          path, "", "a description of a map", Files.size(path) + " bytes", "");
    }
    byte[] text = Files.readAllBytes(path);
    JsonNode o;
    try {
      o = new ObjectMapper().readTree(text);
    } catch (IOException e) {
      String first = String.valueOf(e.getMessage()).split("\n", 2)[0];
      throw new MdxFormatException(path, "", "JSON", first, "export the map again", e);
    }
    if (!o.path("format").asText().equals(FORMAT)) {
      throw new MdxFormatException(
          path, "/format", FORMAT, o.path("format").toString(), "remove it, or export again");
    }
    return Optional.of(AxisSteps.build(path, "", () -> read(path, o)));
  }

  private static Sidecar read(Path path, JsonNode o) {
    int[] n = integers(path, o, "ndiv");
    int[] origin = integers(path, o, "origin");
    int[] shape = integers(path, o, "shape");
    Optional<UnitCell> cell = Optional.empty();
    if (o.has("unit_cell")) {
      double[] c = new double[6];
      for (int i = 0; i < 6; i++) {
        c[i] = o.get("unit_cell").path(i).asDouble(Double.NaN);
      }
      cell = Optional.of(new UnitCell(c[0], c[1], c[2], c[3], c[4], c[5]));
    }
    Optional<SpaceGroup> group =
        o.has("space_group")
            ? Optional.of(SpaceGroup.ofHall(o.get("space_group").path("hall").asText()))
            : Optional.empty();
    return new Sidecar(
        o.path("quantity").asText("intensity"),
        new Subdivision(n[0], n[1], n[2]),
        new VoxelBox(origin[0], origin[1], origin[2], shape[0], shape[1], shape[2]),
        Float.parseFloat(o.path("missing").asText("NaN")),
        new CrystalSymmetry(cell, group));
  }

  private static int[] integers(Path path, JsonNode o, String key) {
    int[] v = new int[3];
    for (int i = 0; i < 3; i++) {
      JsonNode e = o.path(key).path(i);
      if (!e.canConvertToInt() || !e.isIntegralNumber()) {
        throw new MdxFormatException(
            path, "/" + key, "three integers", o.path(key).toString(), "export the map again");
      }
      v[i] = e.asInt();
    }
    return v;
  }

  /**
   * A map of what was read.
   *
   * @param values in C order; those that stand for nothing become NaN
   * @return the map
   * @throws IllegalArgumentException if there are too few or too many
   */
  public MapFile toMap(float... values) {
    MapValues.restore(values, missing);
    return new MapFile(ReciprocalMap.of(quantity, ndiv, box, values), symmetry);
  }

  @Override
  public String toString() {
    return "Sidecar["
        + quantity
        + ", ndiv "
        + ndiv
        + ", "
        + box
        + ", "
        + (Float.isNaN(missing) ? "not a number" : missing)
        + " where nothing was measured, "
        + symmetry
        + "]";
  }
}
