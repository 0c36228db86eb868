package org.mdx.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.zip.Deflater;
import org.mdx.map.Axis;
import org.mdx.map.VoxelBox;
import org.mdx.markup.Html;
import org.mdx.view.internal.http.PageFiles;
import org.mdx.view.internal.map.MapColumn;
import org.mdx.view.internal.map.MapData;
import org.mdx.view.internal.map.MapJson;

/**
 * Maps in one file that needs no server and no network: planes of deflated 4-byte numbers, and the
 * page of maps. Immutable.
 */
public final class OfflinePage {
  /** Characters of two quotes, as HTML escapes them, and a comma. */
  private static final int QUOTES = 13;

  private final byte[] page;
  private final List<String> leftOut;

  private OfflinePage(byte[] page, List<String> leftOut) {
    this.page = page;
    this.leftOut = leftOut;
  }

  /**
   * Makes the file. The first column of every map is in it, of the others those that fit.
   *
   * @param maps what to show, one or more
   * @param limit bytes that the file may have
   * @return the file
   * @throws IllegalArgumentException if there is no map, or the first columns do not fit
   */
  public static OfflinePage of(List<ViewedMap> maps, long limit) {
    if (maps.isEmpty()) {
      throw new IllegalArgumentException("a page without a server shows maps, and none is given");
    }
    List<List<MapColumn>> all = maps.stream().map(m -> List.copyOf(m.data().columns())).toList();
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    long room = limit - frame(session(maps, all, data)).length();
    List<String> leftOut = new ArrayList<>();
    List<List<MapColumn>> included = new ArrayList<>();
    maps.forEach(m -> included.add(new ArrayList<>()));
    int most = all.stream().mapToInt(List::size).max().orElse(0);
    for (int c = 0; c < most; c++) {
      for (int m = 0; m < maps.size(); m++) {
        ViewedMap map = maps.get(m);
        if (c >= all.get(m).size()) {
          continue;
        }
        MapColumn column = all.get(m).get(c);
        ArrayNode packed = planes(map.data(), column.name(), room);
        if (packed != null) {
          data.withObjectProperty(String.valueOf(m)).set(column.name(), packed);
          included.get(m).add(column);
          room -= size(packed) + column.name().length() + 20;
        } else if (c == 0) {
          throw tooLarge(map, limit);
        } else {
          leftOut.add(column.label() + " of " + map.name());
        }
      }
    }
    return new OfflinePage(
        frame(session(maps, included, data)).getBytes(StandardCharsets.UTF_8),
        List.copyOf(leftOut));
  }

  private static String session(
      List<ViewedMap> maps, List<List<MapColumn>> included, ObjectNode data) {
    ObjectNode session = JsonNodeFactory.instance.objectNode();
    session.set("colours", Routes.colours());
    ArrayNode list = session.putArray("maps");
    for (int m = 0; m < maps.size(); m++) {
      list.add(described(maps.get(m), m, included.get(m)));
    }
    session.set("data", data);
    return session.toString();
  }

  private static IllegalArgumentException tooLarge(ViewedMap map, long limit) {
    VoxelBox box = map.data().voxels().box();
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s: %d x %d x %d voxels do not fit into a page of %.1f MB; raise --max-size, or make"
                + " a smaller map (mdx map --limits) and view that",
            map.name(),
            box.nh(),
            box.nk(),
            box.nl(),
            limit / 1e6));
  }

  private static ObjectNode described(ViewedMap map, int number, List<MapColumn> included) {
    ObjectNode out = MapJson.describe(String.valueOf(number), map.name(), map.data());
    ArrayNode columns = out.putArray("columns");
    for (MapColumn c : included) {
      columns
          .addObject()
          .put("name", c.name())
          .put("label", c.label())
          .put("signed", c.kind() == MapColumn.Kind.SIGNED);
    }
    return out;
  }

  private static long size(ArrayNode planes) {
    long size = 0;
    for (JsonNode p : planes) {
      size += p.textValue().length() + QUOTES;
    }
    return size;
  }

  /** Planes across l, each deflated and in base64; null if they are more than there is room for. */
  private static ArrayNode planes(MapData map, String column, long room) {
    ArrayNode out = JsonNodeFactory.instance.arrayNode();
    VoxelBox box = map.voxels().box();
    long size = 0;
    for (int l = box.l0(); l < box.l0() + box.nl(); l++) {
      double at = (double) l / map.voxels().ndiv().l();
      String text =
          Base64.getEncoder().encodeToString(deflated(map.plane(Axis.L, at, column).values()));
      size += text.length() + QUOTES;
      if (size > room) {
        return null;
      }
      out.add(text);
    }
    return out;
  }

  private static byte[] deflated(float[] values) {
    ByteBuffer b = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    b.asFloatBuffer().put(values);
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    deflater.setInput(b.array());
    deflater.finish();
    byte[] out = new byte[b.capacity() + 1024];
    int n = 0;
    while (!deflater.finished()) {
      if (n == out.length) {
        out = Arrays.copyOf(out, 2 * n);
      }
      n += deflater.deflate(out, n, out.length - n);
    }
    deflater.end();
    return Arrays.copyOf(out, n);
  }

  /** The page around its data. */
  private static String frame(String data) {
    StringBuilder script = new StringBuilder("'use strict';\n");
    for (String name : PageFiles.MAP_SCRIPTS) {
      script.append(plain(PageFiles.text(name)));
    }
    script.append(plain(PageFiles.text("offline.js")));
    String style = PageFiles.text("view.css");
    String policy =
        "default-src 'none'; img-src blob:; script-src '"
            + hash("\n" + script)
            + "'; style-src '"
            + hash("\n" + style)
            + "'";
    return Html.page("en")
        .open("head")
        .empty("meta", "charset", "utf-8")
        .empty("meta", "http-equiv", "Content-Security-Policy", "content", policy)
        .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
        .element("title", "mdx view")
        .code("style", style)
        .close()
        .open("body")
        .open("nav")
        .element("strong", "mdx view")
        .close()
        .open("main", "id", "page")
        .close()
        .element("div", data, "id", "data", "hidden", "hidden")
        .code("script", script.toString())
        .close()
        .finish();
  }

  /** A module without what binds it to others, so that all of them make one script. */
  private static String plain(String module) {
    return module.replaceAll("(?m)^import [^;]*;\n", "").replaceAll("(?m)^export ", "");
  }

  private static String hash(String content) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The file.
   *
   * @return HTML in UTF-8
   */
  public byte[] bytes() {
    return page.clone();
  }

  /**
   * Columns that did not fit.
   *
   * @return such as {@code σ of merged.nxs}
   */
  public List<String> leftOut() {
    return leftOut;
  }

  @Override
  public String toString() {
    return "OfflinePage[" + page.length + " bytes]";
  }
}
