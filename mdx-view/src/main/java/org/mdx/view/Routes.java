package org.mdx.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import org.mdx.figures.ColourMap;
import org.mdx.map.Axis;
import org.mdx.view.internal.http.Query;
import org.mdx.view.internal.http.Refusal;
import org.mdx.view.internal.http.Reply;
import org.mdx.view.internal.map.MapData;
import org.mdx.view.internal.map.MapJson;
import org.mdx.view.internal.sweep.FrameCache;
import org.mdx.view.internal.sweep.FrameCache.How;
import org.mdx.view.internal.sweep.SweepData;

/** What lies below {@code /api/v1}: replies to requests that have passed the gate. */
final class Routes {
  /** Entries of the tables of colours. */
  static final int COLOURS = 4096;

  private static final int MOST_TILES = 1 << 12;
  private static final String[] TILE = {
    "frame", "count", "how", "panel", "level", "x", "y", "bin", "type"
  };
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final ViewContent content;
  private final FrameCache cache;
  private final List<SweepData> sweeps = new ArrayList<>();
  private final List<FrameFiles> frameFiles = new ArrayList<>();

  Routes(ViewContent content, long memory, ExecutorService ahead) {
    this.content = content;
    cache = new FrameCache(memory);
    for (ViewedSweep s : content.sweeps()) {
      sweeps.add(
          new SweepData(
              sweeps.size(),
              s.images(),
              s.mask().orElse(null),
              s.reflections().orElse(null),
              cache,
              ahead));
      frameFiles.add(new FrameFiles(s.images().source()));
    }
  }

  /** Bytes of decoded frames that are held. */
  long held() {
    return cache.held();
  }

  /** A reply, made only if the client does not have it already. */
  record Answer(String tag, Maker maker) {}

  /** Makes a reply. */
  @FunctionalInterface
  interface Maker {
    Reply make() throws IOException;
  }

  /** The answer to a path below {@code /api/v1/} and its query. */
  Answer answer(String path, String query) throws IOException {
    String[] parts = path.split("/", -1);
    if (parts.length == 1 && parts[0].equals("session")) {
      Query.of(query);
      return answer(WatchedFiles.NONE, path, "", this::session);
    }
    if (parts.length == 3 && parts[0].equals("map")) {
      return map(number(parts[1], content.maps().size()), parts[2], query);
    }
    if (parts.length == 3 && parts[0].equals("sweep")) {
      return sweep(number(parts[1], sweeps.size()), parts[2], query);
    }
    if (parts.length == 2 && parts[0].equals("scaling")) {
      ViewedScaling s = content.scalings().get(number(parts[1], content.scalings().size()));
      Query.of(query);
      return answer(s.files(), path, "", () -> Reply.json(ScalingJson.of(s)));
    }
    throw notFound();
  }

  private static Refusal notFound() {
    return new Refusal(Refusal.NOT_FOUND, "there is no such page");
  }

  private static int number(String text, int count) {
    if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) >= count) {
      throw new Refusal(Refusal.NOT_FOUND, "there is nothing of that number");
    }
    return Integer.parseInt(text);
  }

  private static Answer answer(WatchedFiles files, String path, String query, Maker maker) {
    files
        .change()
        .ifPresent(
            c -> {
              throw new Refusal(Refusal.CONFLICT, c);
            });
    String hash = Integer.toHexString((path + "?" + query).hashCode());
    return new Answer("\"" + files.tag() + "-" + hash + "\"", maker);
  }

  private Reply session() {
    ObjectNode out = JSON.objectNode();
    String version = Viewer.class.getPackage().getImplementationVersion();
    out.put("version", version == null ? "" : version);
    out.set("colours", colours());
    ArrayNode maps = out.putArray("maps");
    for (ViewedMap m : content.maps()) {
      maps.add(MapJson.describe(String.valueOf(maps.size()), m.name(), m.data()));
    }
    ArrayNode series = out.putArray("sweeps");
    for (int i = 0; i < sweeps.size(); i++) {
      series.add(sweeps.get(i).describe(String.valueOf(i), content.sweeps().get(i).name()));
    }
    ArrayNode scalings = out.putArray("scalings");
    for (ViewedScaling s : content.scalings()) {
      scalings.addObject().put("id", String.valueOf(scalings.size() - 1)).put("name", s.name());
    }
    return Reply.json(out);
  }

  /** Tables of colours by name: three bytes each, base64, and the colour of what is missing. */
  static ObjectNode colours() {
    ObjectNode out = JSON.objectNode();
    for (ColourMap m : ColourMap.values()) {
      int[] table = m.table(COLOURS);
      byte[] bytes = new byte[3 * COLOURS];
      for (int i = 0; i < table.length; i++) {
        bytes[3 * i] = (byte) (table[i] >> 16);
        bytes[3 * i + 1] = (byte) (table[i] >> 8);
        bytes[3 * i + 2] = (byte) table[i];
      }
      ObjectNode o = out.putObject(m.toString());
      o.put("table", Base64.getEncoder().encodeToString(bytes));
      o.put("missing", m.unmeasured());
      o.put("diverging", m.isDiverging());
    }
    return out;
  }

  private Answer map(int id, String what, String raw) {
    MapData map = content.maps().get(id).data();
    Maker maker =
        switch (what) {
          case "plane" -> {
            Query q = Query.of(raw, "axis", "at", "column");
            Axis axis = axis(q.word("axis"));
            double at = q.number("at");
            String column = map.column(q.word("column")).name();
            yield () -> plane(map.plane(axis, at, column));
          }
          case "line" -> {
            Query q = Query.of(raw, "from", "to", "column");
            double[] from = q.triple("from");
            double[] to = q.triple("to");
            String column = map.column(q.word("column")).name();
            yield () -> {
              float[] rows = map.line(from, to, column);
              return Reply.floats(rows, rows.length / 5 + ",5");
            };
          }
          case "point" -> {
            Query q = Query.of(raw, "h", "k", "l");
            double h = q.number("h");
            double k = q.number("k");
            double l = q.number("l");
            yield () -> Reply.json(MapJson.point(map, h, k, l));
          }
          case "column" -> {
            String column = map.column(Query.of(raw, "column").word("column")).name();
            yield () -> Reply.json(MapJson.distribution(map, column));
          }
          default -> throw notFound();
        };
    return answer(content.maps().get(id).files(), "map/" + id + "/" + what, raw, maker);
  }

  private static Axis axis(String text) {
    if (!text.matches("[hkl]")) {
      throw new Refusal(Refusal.BAD_REQUEST, "axis must be h, k or l");
    }
    return Axis.of(text.charAt(0));
  }

  private static Reply plane(MapData.Plane p) {
    return Reply.floats(p.values(), p.across() + "," + p.up())
        .with("X-Origin", p.origin()[0] + "," + p.origin()[1] + "," + p.origin()[2])
        .with("X-Index", p.index());
  }

  private Answer sweep(int id, String what, String raw) throws IOException {
    SweepData sweep = sweeps.get(id);
    int frames = sweep.images().frames();
    Query q =
        switch (what) {
          case "tile" -> Query.of(raw, TILE);
          case "mask" -> Query.of(raw, "frame", "panel", "level", "x", "y");
          case "spots" -> Query.of(raw, "frame", "count");
          case "frame" -> Query.of(raw, "frame");
          default -> throw notFound();
        };
    int frame = q.integer("frame", 0, frames - 1);
    int count = q.integer("count", 1, Math.min(SweepData.MOST_FRAMES, frames - frame), 1);
    Maker maker =
        switch (what) {
          case "spots" -> () -> Reply.json(sweep.spots(frame, count));
          case "frame" -> () -> Reply.json(sweep.frame(frame, frameFiles.get(id).name(frame)));
          default -> {
            SweepData.Tile tile = tile(sweep, q, frame, count);
            yield what.equals("tile") ? () -> sweep.tile(tile) : () -> sweep.mask(tile);
          }
        };
    WatchedFiles models = content.sweeps().get(id).files();
    String path = "sweep/" + id + "/" + what;
    StringBuilder tags = new StringBuilder(answer(models, path, raw, maker).tag());
    for (int f = frame; f < frame + count; f++) {
      tags.append(answer(frameFiles.get(id).of(f), path, raw, maker).tag());
    }
    return new Answer("\"" + Integer.toHexString(tags.toString().hashCode()) + "\"", maker);
  }

  private static SweepData.Tile tile(SweepData sweep, Query q, int frame, int count) {
    String how = q.word("how", "sum").toUpperCase(Locale.ROOT);
    String bin = q.word("bin", "max");
    String type = q.word("type", "int32");
    if (!how.matches("SUM|MAX|MEAN") || !bin.matches("max|sum") || !type.matches("int32|narrow")) {
      throw new Refusal(
          Refusal.BAD_REQUEST,
          "how must be sum, max or mean, bin max or sum, type int32 or narrow");
    }
    return new SweepData.Tile(
        frame,
        count,
        How.valueOf(how),
        q.integer("panel", 0, sweep.images().source().panels() - 1, 0),
        q.integer("level", 0, SweepData.MOST_LEVELS, 0),
        q.integer("x", 0, MOST_TILES),
        q.integer("y", 0, MOST_TILES),
        new SweepData.Form(bin.equals("sum"), type.equals("narrow")));
  }
}
