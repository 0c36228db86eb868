package org.mdx.view.internal.sweep;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Scan;
import org.mdx.image.ImageSeries;
import org.mdx.mask.PowderRings;
import org.mdx.math.Vec3;
import org.mdx.peaks.BraggMask;
import org.mdx.reflection.Reflections;
import org.mdx.view.internal.http.Reply;
import org.mdx.view.internal.map.MapJson;
import org.mdx.view.internal.sweep.FrameCache.How;

/** A sweep as the page asks for it. */
public final class SweepData {
  /** Frames that may be combined into one picture. */
  public static final int MOST_FRAMES = 500;

  /** Times that a picture may be halved. */
  public static final int MOST_LEVELS = 6;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final double ICE_LIMIT = 1;

  private final ImageSeries images;
  private final Pictures pictures;
  private final MaskTiles masks;
  private final Spots spots;
  private final int unusable;

  /**
   * A sweep.
   *
   * @param number of the sweep in the cache
   * @param images its frames
   * @param bragg mask of the model, or null
   * @param observed reflections, or null
   * @param cache of decoded frames
   * @param ahead reads frames that will be asked for next
   */
  public SweepData(
      int number,
      ImageSeries images,
      BraggMask bragg,
      Reflections observed,
      FrameCache cache,
      ExecutorService ahead) {
    this.images = images;
    pictures = new Pictures(number, images, cache, ahead);
    masks = new MaskTiles(images, bragg);
    spots = new Spots(images.geometry(), observed);
    boolean negative =
        images.geometry().detector().panels().stream().anyMatch(p -> p.trustedMin() < 0);
    unusable = negative ? Integer.MIN_VALUE : -1;
  }

  public ImageSeries images() {
    return images;
  }

  /**
   * Which tile of which picture.
   *
   * @param frame first frame
   * @param count frames that are combined
   * @param how they are combined
   * @param panel of the detector
   * @param level times that the picture is halved
   * @param x column of tiles
   * @param y row of tiles
   * @param form of the values
   */
  public record Tile(
      int frame, int count, How how, int panel, int level, int x, int y, Form form) {}

  /**
   * How values are made and sent.
   *
   * @param sum whether squares of pixels are added up, or their largest is taken
   * @param narrow whether the picture's part of the tile alone is sent, in the fewest bytes
   */
  public record Form(boolean sum, boolean narrow) {}

  private Tiles.Region region(Tile t) {
    return Tiles.Region.of(
        t.level, t.x, t.y, images.source().width(t.panel), images.source().height(t.panel));
  }

  /** Counts. */
  public Reply tile(Tile t) throws IOException {
    int[] pixels = pictures.get(t.frame, t.count, t.how)[t.panel];
    Tiles.Region r = region(t);
    int[] tile = Tiles.of(pixels, images.source().width(t.panel), r, t.form.sum, unusable);
    Reply reply =
        t.form.narrow
            ? Reply.narrow(tile, Tiles.SIZE, r.width(), r.height(), unusable)
            : Reply.ints(tile, Tiles.SIZE + "," + Tiles.SIZE).with("X-Unusable", unusable);
    return reply.with("X-Step", pictures.step(t.how, t.count));
  }

  /** Bits of the masks. */
  public Reply mask(Tile t) throws IOException {
    int[] pixels = pictures.get(t.frame, 1, How.SUM)[t.panel];
    return Reply.bytes(
        masks.of(t.frame, t.panel, pixels, region(t)), Tiles.SIZE + "," + Tiles.SIZE);
  }

  public ObjectNode spots(int frame, int count) {
    return spots.of(frame, count);
  }

  /** What changes from frame to frame. */
  public ObjectNode frame(int frame, String file) {
    Geometry g = images.geometry();
    double phi = g.scan().phi(frame);
    ObjectNode out = JSON.objectNode();
    out.put("image", g.scan().firstImage() + frame);
    out.put("phi", phi);
    out.put("file", file);
    if (g.scan().isExposureKnown()) {
      out.put("exposure", g.scan().exposure(frame));
    }
    if (g.crystal().isPresent()) {
      // h = (S·R(φ)·F·A)⁻¹·s at the middle of the frame
      numbers(out.putArray("inverse"), g.ub(phi).inverse().toRowMajor());
    }
    return out;
  }

  /** What the page has to know of the sweep. */
  public ObjectNode describe(String id, String name) {
    Geometry g = images.geometry();
    ObjectNode out = JSON.objectNode();
    out.put("id", id);
    out.put("name", name);
    Scan scan = g.scan();
    out.put("frames", images.frames());
    out.put("first_image", scan.firstImage());
    out.put("phi", scan.start());
    out.put("width", scan.width());
    out.put("wavelength", g.beam().wavelength());
    numbers(out.putArray("s0"), xyz(g.beam().s0()));
    numbers(out.putArray("axis"), xyz(g.goniometer().laboratoryAxis()));
    out.put("masked", masks.hasUser());
    out.put("bragg", masks.hasBragg());
    out.put("observed", spots.hasObserved());
    out.put("indexed", g.crystal().isPresent());
    out.put("crystal", g.crystal().map(c -> c.cell() + " " + c.spaceGroup()).orElse(""));
    ArrayNode panels = out.putArray("panels");
    g.detector().panels().forEach(p -> panel(panels.addObject(), p));
    numbers(out.putArray("ice"), PowderRings.ice().spacings(ICE_LIMIT));
    return out;
  }

  private static void panel(ObjectNode out, Panel p) {
    out.put("name", p.name());
    out.put("width", p.width());
    out.put("height", p.height());
    out.putArray("pixel").add(p.pixelWidth()).add(p.pixelHeight());
    numbers(out.putArray("origin"), xyz(p.origin()));
    numbers(out.putArray("fast"), xyz(p.fast()));
    numbers(out.putArray("slow"), xyz(p.slow()));
    if (p.sensor().parallax()) {
      out.putArray("parallax").add(p.sensor().mu()).add(p.sensor().thickness());
    }
    MapJson.number(out, "trusted_min", p.trustedMin());
    MapJson.number(out, "trusted_max", p.trustedMax());
  }

  private static double[] xyz(Vec3 v) {
    return new double[] {v.x(), v.y(), v.z()};
  }

  private static void numbers(ArrayNode out, double... values) {
    for (double v : values) {
      out.add(v);
    }
  }
}
