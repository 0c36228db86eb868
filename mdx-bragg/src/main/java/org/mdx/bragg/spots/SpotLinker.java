package org.mdx.bragg.spots;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.mdx.bragg.internal.kernel.StrongPixels;

/** Joins the strong pixels of frames, which come in order, to components. */
final class SpotLinker {
  /** Pixels about a component that are kept, in each frame from one before it to one after. */
  static final int MARGIN = 3;

  /** Pixels of a square that has a list of its own. */
  private static final int SQUARE = 32;

  private final SearchedFrame.Layer layer;
  private final int margin;
  private final int panels;
  private final PixelStore store;
  private final long mostPixels;
  private final int mostFrames;
  private final Consumer<Component> closed;
  private final StrongPixels[] before;
  private final Component[][] owners;

  /** Faint components may leave out one frame. */
  private final int gap;

  private final StrongPixels[] beforeGap;
  private final Component[][] ownersBeforeGap;
  private List<Component> open = new ArrayList<>();

  /** Joins pieces, or null. */
  private SpotJoiner joiner;

  /** Complete components that a later one may go on with. */
  private List<Component> resting = new ArrayList<>();

  private SearchedFrame last;
  private int next;

  /**
   * A linker of strong pixels.
   *
   * @param panels how many there are
   * @param store keeps pixels about components, or null
   * @param mostPixels a component of more gives up its pixels
   * @param mostFrames likewise
   * @param closed takes each component when a frame has added nothing to it
   */
  SpotLinker(
      int panels, PixelStore store, long mostPixels, int mostFrames, Consumer<Component> closed) {
    this(SearchedFrame.Layer.STRONG, MARGIN, panels, store, mostPixels, mostFrames, closed);
  }

  /**
   * A linker of the pixels of a layer.
   *
   * @param layer which
   * @param margin pixels about a component that are kept
   */
  SpotLinker(
      SearchedFrame.Layer layer,
      int margin,
      int panels,
      PixelStore store,
      long mostPixels,
      int mostFrames,
      Consumer<Component> closed) {
    this.layer = layer;
    this.margin = margin;
    this.panels = panels;
    this.store = store;
    this.mostPixels = mostPixels;
    this.mostFrames = mostFrames;
    this.closed = closed;
    before = new StrongPixels[panels];
    owners = new Component[panels][];
    gap = layer == SearchedFrame.Layer.FAINT ? 1 : 0;
    beforeGap = new StrongPixels[panels];
    ownersBeforeGap = new Component[panels][];
  }

  /** Lets components wait for others that go on with them; there must be a store. */
  void joinWith(SpotJoiner joins) {
    joiner = joins;
  }

  /**
   * Adds the next frame.
   *
   * @param frame stays in memory until the next one has been added
   */
  void add(SearchedFrame frame) {
    next = frame.number() + 1;
    if (store != null) {
      store.begin();
    }
    for (int p = 0; p < panels; p++) {
      link(frame, p);
    }
    List<Component> now = new ArrayList<>();
    List<Component> done = new ArrayList<>();
    for (Component c : open) {
      if (c.isMerged()) {
        continue;
      }
      boolean grows = c.lastFrame == frame.number();
      (c.lastFrame >= frame.number() - gap ? now : done).add(c);
      if (c.size > mostPixels || c.lastFrame - c.firstFrame >= mostFrames) {
        c.giveUp();
      }
      if (store != null && !c.isGivenUp()) {
        store.keep(frame, c.panel, c.box, margin);
        if (grows && last != null) {
          store.keep(last, c.panel, c.box, margin);
        }
      }
    }
    open = now;
    last = frame;
    if (joiner == null) {
      done.forEach(closed);
    } else {
      for (Component c : resting) {
        store.keep(frame, c.panel, c.box, margin);
      }
      rest(done);
      release(frame.number());
    }
    forget();
  }

  private void forget() {
    if (store != null) {
      int earliest = next - 1;
      List<Component> needed = new ArrayList<>(open);
      needed.addAll(resting);
      for (Component c : needed) {
        earliest = c.isGivenUp() ? earliest : Math.min(earliest, c.firstFrame - 1);
      }
      store.forgetBefore(earliest);
      store.prune(needed, margin);
    }
  }

  /** Closes what is open after the last frame. */
  void finish() {
    List<Component> left = open.stream().filter(c -> !c.isMerged()).toList();
    open.clear();
    if (joiner == null) {
      left.forEach(closed);
    } else {
      rest(left);
      resting.forEach(closed);
      resting.clear();
    }
  }

  /** Joins complete components with those before them, and lets them wait for others. */
  private void rest(List<Component> done) {
    Long2ObjectOpenHashMap<List<Component>> places = new Long2ObjectOpenHashMap<>();
    resting.forEach(c -> put(places, c));
    for (Component c : done) {
      if (!joiner.takes(c)) {
        closed.accept(c);
        continue;
      }
      Component whole = c;
      for (Component before = before(places, whole); before != null; ) {
        Component both = joiner.joined(before, whole, store);
        if (both == null) {
          break;
        }
        remove(places, before);
        resting.remove(before);
        whole = both;
        before = before(places, whole);
      }
      put(places, whole);
      resting.add(whole);
    }
  }

  /** The last of the components that one may go on with. */
  private Component before(Long2ObjectOpenHashMap<List<Component>> places, Component c) {
    Component found = null;
    for (long key : keys(c)) {
      for (Component b : places.getOrDefault(key, List.of())) {
        if (joiner.mayFollow(b, c) && (found == null || b.lastFrame > found.lastFrame)) {
          found = b;
        }
      }
    }
    return found;
  }

  /** Hands on what no component can go on with any more. */
  private void release(int frame) {
    Long2ObjectOpenHashMap<List<Component>> places = new Long2ObjectOpenHashMap<>();
    open.forEach(c -> put(places, c));
    List<Component> still = new ArrayList<>();
    for (Component c : resting) {
      boolean waits = c.lastFrame + joiner.linger() >= frame;
      for (long key : waits ? new long[0] : keys(c)) {
        for (Component o : places.getOrDefault(key, List.of())) {
          waits |= joiner.mayFollow(c, o);
        }
      }
      if (waits) {
        still.add(c);
      } else {
        closed.accept(c);
      }
    }
    resting = still;
  }

  private static void put(Long2ObjectOpenHashMap<List<Component>> places, Component c) {
    for (long key : keys(c)) {
      places.computeIfAbsent(key, k -> new ArrayList<>(2)).add(c);
    }
  }

  private static void remove(Long2ObjectOpenHashMap<List<Component>> places, Component c) {
    for (long key : keys(c)) {
      places.get(key).remove(c);
    }
  }

  /** The squares of the panel that a component touches. */
  private static long[] keys(Component c) {
    int x0 = Math.max(0, c.box[0] - 1) / SQUARE;
    int y0 = Math.max(0, c.box[2] - 1) / SQUARE;
    int nx = c.box[1] / SQUARE - x0 + 1;
    int ny = c.box[3] / SQUARE - y0 + 1;
    long[] keys = new long[nx * ny];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = ((long) c.panel << 40) + ((long) (y0 + i / nx) << 20) + x0 + i % nx;
    }
    return keys;
  }

  private void link(SearchedFrame frame, int p) {
    StrongPixels runs = frame.runs(layer, p);
    Component[] owner = new Component[runs.runs()];
    int above = 0;
    int earlier = 0;
    int earliest = 0;
    for (int i = 0; i < owner.length; i++) {
      int y = runs.y(i);
      // runs of the row above, then of the same row in the frame before
      while (above < i
          && (runs.y(above) < y - 1
              || runs.y(above) == y - 1 && runs.end(above) <= runs.begin(i))) {
        above++;
      }
      Component c = null;
      for (int j = above; j < i && runs.y(j) == y - 1 && runs.begin(j) < runs.end(i); j++) {
        c = joined(c, owner[j]);
      }
      StrongPixels was = before[p];
      if (was != null) {
        while (earlier < was.runs() && isBefore(was, earlier, y, runs.begin(i))) {
          earlier++;
        }
        for (int j = earlier; j < was.runs() && was.y(j) == y && was.begin(j) < runs.end(i); j++) {
          c = joined(c, owners[p][j]);
        }
      }
      StrongPixels old = beforeGap[p];
      if (old != null && c == null) {
        while (earliest < old.runs() && isBefore(old, earliest, y, runs.begin(i))) {
          earliest++;
        }
        for (int j = earliest; j < old.runs() && old.y(j) == y && old.begin(j) < runs.end(i); j++) {
          c = joined(c, ownersBeforeGap[p][j]);
          bridge(c, y, Math.max(old.begin(j), runs.begin(i)), Math.min(old.end(j), runs.end(i)));
        }
      }
      owner[i] = fill(frame, p, i, c);
    }
    if (gap > 0) {
      beforeGap[p] = before[p];
      ownersBeforeGap[p] = owners[p];
    }
    before[p] = runs;
    owners[p] = owner;
  }

  /** Adds the pixels of the frame before, where nothing was marked. */
  private void bridge(Component c, int y, int begin, int end) {
    c.addRun(begin, end, y, last.number(), last.pixels(c.panel), y * last.width(c.panel));
  }

  private static boolean isBefore(StrongPixels runs, int j, int y, int begin) {
    return runs.y(j) < y || runs.y(j) == y && runs.end(j) <= begin;
  }

  private static Component joined(Component c, Component other) {
    return c == null ? other.root() : Component.join(c, other);
  }

  private Component fill(SearchedFrame frame, int p, int run, Component found) {
    Component c = found;
    if (c == null) {
      c = new Component(p, frame.number());
      open.add(c);
    }
    StrongPixels runs = frame.runs(layer, p);
    int y = runs.y(run);
    int[] pixels = frame.pixels(p);
    int row = y * frame.width(p);
    c.addRun(runs.begin(run), runs.end(run), y, frame.number(), pixels, row);
    return c;
  }
}
