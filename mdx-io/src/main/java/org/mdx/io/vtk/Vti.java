package org.mdx.io.vtk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.io.InputFile;
import org.mdx.io.MdxFormatException;
import org.mdx.io.NumberType;
import org.mdx.io.output.AtomicFile;
import org.mdx.io.volume.AxisSteps;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.io.volume.MapFile;
import org.mdx.io.volume.MapValues;
import org.mdx.map.ReciprocalMap;
import org.mdx.map.VoxelBox;
import org.mdx.table.Subdivision;

/**
 * Reads and writes VTK image data with the values appended raw. Points are voxel centres, x, y, z
 * are h, k, l in reciprocal lattice units: the extent is that of the indices, the spacing 1/ndiv.
 * Cell and space group are comments, which VTK itself does not keep.
 *
 * <p>Source: "VTK XML file formats", https://docs.vtk.org/en/latest/vtk_file_formats/.
 */
public final class Vti {
  private static final int LONGEST_HEADER = 1 << 16;
  private static final String APPENDED = "<AppendedData";

  private Vti() {}

  /**
   * Whether a file looks like XML of VTK.
   *
   * @param path the file
   * @return true if so
   * @throws IOException if it cannot be read
   */
  public static boolean recognizes(Path path) throws IOException {
    return new String(InputFile.head(path, 1024), StandardCharsets.ISO_8859_1).contains("<VTKFile");
  }

  /**
   * Writes a map.
   *
   * @param path the file, which appears whole or not at all
   * @param file the map
   * @param missing written where nothing was measured; NaN to say so
   * @throws IOException if the file cannot be written
   */
  public static void write(Path path, MapFile file, float missing) throws IOException {
    byte[] header = header(file, missing).getBytes(StandardCharsets.UTF_8);
    ByteBuffer size = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    size.putLong(4L * file.map().size());
    AtomicFile.write(
        path,
        out -> {
          out.write(header);
          out.write(size.array());
          MapValues.of(file.map(), missing).hFastest(MapValues.littleEndian(out));
          out.write("\n  </AppendedData>\n</VTKFile>\n".getBytes(StandardCharsets.UTF_8));
        });
  }

  private static String header(MapFile file, float missing) {
    ReciprocalMap map = file.map();
    VoxelBox b = map.box();
    String name = map.name().replaceAll("[^A-Za-z0-9_.-]", "_");
    String extent =
        format("%d %d %d %d ", b.h0(), b.h0() + b.nh() - 1, b.k0(), b.k0() + b.nk() - 1)
            + format("%d %d", b.l0(), b.l0() + b.nl() - 1);
    String spacing = 1.0 / map.ndiv().h() + " " + 1.0 / map.ndiv().k() + " " + 1.0 / map.ndiv().l();
    StringBuilder x = new StringBuilder("<?xml version=\"1.0\"?>\n");
    x.append("<!-- mdx reciprocal-space map; x y z = h k l -->\n");
    file.symmetry()
        .cell()
        .ifPresent(c -> x.append("<!-- unit_cell ").append(numbers(c)).append(" -->\n"));
    file.symmetry()
        .spaceGroup()
        .ifPresent(g -> x.append("<!-- hall ").append(comment(g.hall())).append(" -->\n"));
    x.append("<!-- not_measured ").append(missing).append(" -->\n");
    x.append("<VTKFile type=\"ImageData\" version=\"1.0\" byte_order=\"LittleEndian\"");
    x.append(" header_type=\"UInt64\">\n");
    x.append("  <ImageData WholeExtent=\"").append(extent).append("\" Origin=\"0 0 0\"");
    x.append(" Spacing=\"").append(spacing).append("\">\n");
    x.append("    <Piece Extent=\"").append(extent).append("\">\n");
    x.append("      <PointData Scalars=\"").append(name).append("\">\n");
    x.append("        <DataArray type=\"Float32\" Name=\"").append(name);
    x.append("\" NumberOfComponents=\"1\" format=\"appended\" offset=\"0\"/>\n");
    x.append("      </PointData>\n    </Piece>\n  </ImageData>\n");
    return x.append("  <AppendedData encoding=\"raw\">\n_").toString();
  }

  /** A comment in XML has no two hyphens side by side. */
  private static String comment(String hall) {
    return hall.replace("--", "- -");
  }

  private static String numbers(UnitCell c) {
    return c.a() + " " + c.b() + " " + c.c() + " " + c.alpha() + " " + c.beta() + " " + c.gamma();
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /** What the XML before the values says. */
  private static final class Header {
    int[] extent = new int[0];
    double[] origin = new double[3];
    double[] spacing = {1, 1, 1};
    String name = "intensity";
    NumberType type;
    long offset;
    int sizeBytes = 4;
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    boolean plain = true;
    float missing = Float.NaN;
    CrystalSymmetry symmetry = CrystalSymmetry.NONE;
  }

  /**
   * Reads image data of one piece whose first array is appended raw and not compressed.
   *
   * @param path the file
   * @return the map
   * @throws IOException if the file does not exist or cannot be read
   * @throws MdxFormatException if it is damaged or of another kind
   */
  public static MapFile read(Path path) throws IOException {
    try (InputFile in = InputFile.open(path)) {
      byte[] head = new byte[(int) Math.min(LONGEST_HEADER, in.size())];
      in.bytes(0, head.length, "header").get(head);
      String text = new String(head, StandardCharsets.ISO_8859_1);
      int appended = text.indexOf(APPENDED);
      int close = appended < 0 ? -1 : text.indexOf('>', appended);
      int mark = close < 0 ? -1 : text.indexOf('_', close);
      if (mark < 0 || !text.substring(appended, mark).contains("\"raw\"")) {
        throw in.error("header", "values appended as raw", "none", "save the file so");
      }
      Header h = parse(path, text.substring(0, appended) + "</VTKFile>");
      if (h.extent.length != 6 || h.type == null || !h.plain) {
        throw in.error(
            "header", "ImageData with an array that is not compressed", "another kind", "");
      }
      return read(path, in, h, mark + 1L);
    }
  }

  private static MapFile read(Path path, InputFile in, Header h, long appended) throws IOException {
    long[] shape = new long[3];
    AxisSteps[] axes = new AxisSteps[3];
    for (int i = 0; i < 3; i++) {
      shape[i] = (long) h.extent[2 * i + 1] - h.extent[2 * i] + 1;
    }
    long from = appended + h.offset + h.sizeBytes;
    int n = in.requireGrid(from, h.type, shape, "appended values");
    ByteBuffer size = in.bytes(from - h.sizeBytes, h.sizeBytes, "size").order(h.order);
    long bytes = h.sizeBytes == 4 ? size.getInt() & 0xFFFFFFFFL : size.getLong();
    if (bytes != (long) n * h.type.bytes()) {
      throw in.error(
          "appended values", n + " of " + h.type.bytes() + " bytes", bytes + " bytes", "");
    }
    for (int i = 0; i < 3; i++) {
      double first = h.origin[i] + h.extent[2 * i] * h.spacing[i];
      axes[i] = AxisSteps.of(path, "axis " + "xyz".charAt(i), first, h.spacing[i], shape[i]);
    }
    VoxelBox box =
        new VoxelBox(
            axes[0].origin(),
            axes[1].origin(),
            axes[2].origin(),
            (int) shape[0],
            (int) shape[1],
            (int) shape[2]);
    float[] values = in.hFastest(from, h.type, h.order, box);
    MapValues.restore(values, h.missing);
    Subdivision ndiv =
        new Subdivision(axes[0].divisions(), axes[1].divisions(), axes[2].divisions());
    return new MapFile(ReciprocalMap.of(h.name, ndiv, box, values), h.symmetry);
  }

  private static Header parse(Path path, String xml) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    Header h = new Header();
    try {
      XMLStreamReader r =
          factory.createXMLStreamReader(
              new ByteArrayInputStream(xml.getBytes(StandardCharsets.ISO_8859_1)), "ISO-8859-1");
      while (r.hasNext()) {
        int event = r.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          element(r, h);
        } else if (event == XMLStreamConstants.COMMENT) {
          comment(r.getText().strip().split(" ", 2), h);
        }
      }
    } catch (XMLStreamException | IllegalArgumentException e) {
      throw new MdxFormatException(
          path, "header", "XML of VTK", String.valueOf(e.getMessage()).split("\n")[0], "", e);
    }
    return h;
  }

  private static void element(XMLStreamReader r, Header h) {
    switch (r.getLocalName()) {
      case "VTKFile" -> {
        h.sizeBytes = "UInt64".equals(r.getAttributeValue(null, "header_type")) ? 8 : 4;
        h.plain = r.getAttributeValue(null, "compressor") == null;
        if ("BigEndian".equals(r.getAttributeValue(null, "byte_order"))) {
          h.order = ByteOrder.BIG_ENDIAN;
        }
      }
      case "ImageData" -> {
        String extent = String.valueOf(r.getAttributeValue(null, "WholeExtent")).strip();
        h.extent = Arrays.stream(extent.split("\\s+")).mapToInt(Integer::parseInt).toArray();
        h.origin = triple(r.getAttributeValue(null, "Origin"), h.origin);
        h.spacing = triple(r.getAttributeValue(null, "Spacing"), h.spacing);
      }
      case "DataArray" -> {
        if (h.type == null && "appended".equals(r.getAttributeValue(null, "format"))) {
          String type = String.valueOf(r.getAttributeValue(null, "type"));
          h.type = NumberType.valueOf(type.toUpperCase(Locale.ROOT));
          h.offset = Long.parseLong(String.valueOf(r.getAttributeValue(null, "offset")));
          String name = r.getAttributeValue(null, "Name");
          h.name = name == null ? h.name : name;
          if (h.offset < 0 || h.offset > Long.MAX_VALUE / 2) {
            throw new IllegalArgumentException("an offset of " + h.offset);
          }
        }
      }
      default -> {
        // elements around the array
      }
    }
  }

  private static double[] triple(String text, double[] otherwise) {
    if (text == null) {
      return otherwise;
    }
    double[] v =
        Arrays.stream(text.strip().split("\\s+")).mapToDouble(Double::parseDouble).toArray();
    if (v.length != 3) {
      throw new IllegalArgumentException("\"" + text + "\" in place of three numbers");
    }
    return v;
  }

  private static void comment(String[] words, Header h) {
    if (words.length < 2) {
      return;
    }
    switch (words[0]) {
      case "unit_cell" -> {
        double[] c = Arrays.stream(words[1].split(" ")).mapToDouble(Double::parseDouble).toArray();
        if (c.length == 6) {
          UnitCell cell = new UnitCell(c[0], c[1], c[2], c[3], c[4], c[5]);
          h.symmetry = new CrystalSymmetry(Optional.of(cell), h.symmetry.spaceGroup());
        }
      }
      case "hall" ->
          h.symmetry =
              new CrystalSymmetry(
                  h.symmetry.cell(), Optional.of(SpaceGroup.ofHall(words[1].replace("- -", "--"))));
      case "not_measured" -> h.missing = Float.parseFloat(words[1]);
      default -> {
        // a comment of somebody else
      }
    }
  }
}
