package org.mdx.bragg.spots;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Spots so wide and weak that none of their pixels stands out. Places whose windows stand out
 * somewhat make components through the frames; those are spots which the matched filter of {@link
 * FaintFit} shows clearly. What touches a spot of the strong pixels is none.
 */
final class FaintSpots {
  /** Signal to noise by which the window of a place makes it worth a look. */
  static final double WORTH = 3.3;

  /** Signal to noise below which the place of the best shape is better than a centroid. */
  private static final double BRIGHT = 12;

  /** Pixels about a component that are kept. */
  static final int MARGIN = 8;

  /** Pixels about a component in which the background is taken, and not. */
  private static final int AROUND = 6;

  private static final int NEAR = 2;

  /** Fewest frames of a spot of which a spot of strong pixels may be but a piece. */
  private static final int LONG = 4;

  /** Frames that it must have more. */
  private static final int LONGER = 2;

  /** Farthest that the middles of pieces are off, px. */
  private static final double SAME_PLACE = 2;

  /** Signal to noise that no chance makes, whatever the shape. */
  private static final double SURE = 6.5;

  /** Part of the spots that may be of chance. */
  private static final double CHANCE = 0.008;

  /** A of {@link #limit}: about 1/(2√2(2π)²σ) with the width σ along φ, and for all those tried. */
  private static final double FIELD = 0.02;

  private static final double STEP = 0.02;

  /** Spots of more tell no usual width: they may be several. */
  private static final double MOST = 20;

  /** Fewer spots tell no usual width. */
  private static final int FEWEST = 20;

  /** Part of a shape that must be on pixels that count: edges and gaps make places wrong. */
  private static final double SEEN = 0.85;

  /** Pixels about a component that are looked at: it may be widened, and that has a margin. */
  private static final int FARTHEST = AROUND + SpotLinker.MARGIN;

  private static final int FRAMES = 2;

  /** The boxes of spots, to see what touches them. */
  static final class TakenPlaces {
    /** Pixels of a square that has a list of its own. */
    private static final int SQUARE = 32;

    private final Long2ObjectOpenHashMap<List<int[]>> boxes = new Long2ObjectOpenHashMap<>();
    private final int margin;

    /**
     * Places with nothing taken.
     *
     * @param margin pixels about a box that belong to it, and one frame
     */
    TakenPlaces(int margin) {
      this.margin = margin;
    }

    void add(Component c) {
      int[] box = {
        c.box[0] - margin,
        c.box[1] + margin,
        c.box[2] - margin,
        c.box[3] + margin,
        c.firstFrame - 1,
        c.lastFrame + 2
      };
      for (int z = box[4]; z < box[5]; z++) {
        for (int y = Math.floorDiv(box[2], SQUARE); y <= Math.floorDiv(box[3] - 1, SQUARE); y++) {
          for (int x = Math.floorDiv(box[0], SQUARE); x <= Math.floorDiv(box[1] - 1, SQUARE); x++) {
            boxes.computeIfAbsent(key(c.panel, z, y, x), k -> new ArrayList<>(2)).add(box);
          }
        }
      }
    }

    private static long key(int panel, int frame, int y, int x) {
      return (((long) panel << 24 | frame + 1) << 12 | y + 1) << 12 | x + 1;
    }

    /** Whether a pixel of a component lies in a box. */
    boolean touches(Component c) {
      for (int i = 0; i < c.size; i++) {
        int x = c.x(i);
        int y = c.y(i);
        List<int[]> here = boxes.get(key(c.panel, c.frame(i), y / SQUARE, x / SQUARE));
        for (int k = 0; here != null && k < here.size(); k++) {
          int[] b = here.get(k);
          if (x >= b[0] && x < b[1] && y >= b[2] && y < b[3]) {
            return true;
          }
        }
      }
      return false;
    }
  }

  private final SpotMeasurer measurer;
  private final PixelStore store;
  private final TakenPlaces taken;
  private final double[] excess;
  private final double volume;
  private final List<Candidate> candidates = new ArrayList<>();

  /** With the signal to noise of its best shape and of those of each width. */
  private record Candidate(
      Component component,
      FoundSpot spot,
      boolean touches,
      double signalToNoise,
      double[] byWidth) {}

  /**
   * No faint spots yet.
   *
   * @param measurer measures spots
   * @param store has the pixels about components
   * @param taken places of other spots
   * @param excess variance of sums of pixels over what is expected, of each panel
   * @param volume pixels that count, of all frames
   */
  FaintSpots(
      SpotMeasurer measurer, PixelStore store, TakenPlaces taken, double[] excess, double volume) {
    this.measurer = measurer;
    this.store = store;
    this.taken = taken;
    this.excess = excess;
    this.volume = volume;
  }

  /** Takes a component that is complete. */
  void take(Component c) {
    if (c.isGivenUp() || measurer.lastsTheSweep(c)) {
      return;
    }
    PixelStore.Patch pixels = store.patch(c, FARTHEST, FRAMES);
    for (Component part : measurer.parts(c, pixels)) {
      boolean touches = taken.touches(part);
      if (!touches || frames(part) >= LONG) {
        look(part, pixels, touches);
      }
    }
  }

  private void look(Component c, PixelStore.Patch pixels, boolean touches) {
    SpotBox box = measurer.box(c, pixels, AROUND, NEAR);
    double[] middle = measurer.strong(c).mean;
    FaintFit fit = new FaintFit(box, new BackgroundPlane(box), middle, excess[c.panel]);
    if (!(fit.signalToNoise() > (touches ? BRIGHT : FaintFit.SPOT))
        || fit.seen() < SEEN
        || measurer.isAtEdge(c.panel, fit)
        || measurer.isCut(fit)) {
      return;
    }
    Component wide = fit.widened(c, pixels);
    FoundSpot spot = measurer.faint(wide, pixels);
    if (spot != null && fit.signalToNoise() < BRIGHT) {
      double[] place = fit.place();
      place[2] = spot.z();
      spot = spot.at(place);
    }
    if (spot != null) {
      candidates.add(new Candidate(wide, spot, touches, fit.signalToNoise(), fit.byWidth()));
    }
  }

  private static double of(Candidate c, int usual) {
    return usual < 0 ? c.signalToNoise() : c.byWidth()[usual];
  }

  /**
   * The signal to noise from which on chance makes few of the spots. Of a field of normal noise
   * that was filtered with a Gaussian the maxima above u are as many as A·V(u² − 1)exp(−u²/2)/σ²
   * (R. J. Adler, The Geometry of Random Fields, 1981), V its pixels in all frames, σ px the width.
   *
   * @param usual width, or −1
   * @param strong spots of strong pixels
   */
  private double limit(int usual, int strong) {
    double across = FaintFit.ACROSS[Math.max(0, usual)];
    double u = FaintFit.SPOT;
    for (boolean many = true; many && u < SURE; u += many ? STEP : 0) {
      double chance = FIELD * volume * (u * u - 1) * Math.exp(-0.5 * u * u) / (across * across);
      double least = u;
      long spots = candidates.stream().filter(c -> of(c, usual) > least).count();
      many = chance > CHANCE * (strong + spots);
    }
    return u;
  }

  /** The width across that fits the bright ones best; -1 if they are few. */
  private int usualWidth() {
    double[] sum = new double[FaintFit.ACROSS.length];
    int n = 0;
    for (Candidate c : candidates) {
      if (c.signalToNoise() > SURE && c.signalToNoise() < MOST) {
        n++;
        for (int k = 0; k < sum.length; k++) {
          sum[k] += c.byWidth()[k];
        }
      }
    }
    int best = 0;
    for (int k = 1; k < sum.length; k++) {
      best = sum[k] > sum[best] ? k : best;
    }
    return n < FEWEST ? -1 : best;
  }

  private static int frames(Component c) {
    return c.lastFrame - c.firstFrame + 1;
  }

  /**
   * The strong spots that are pieces of a longer one: all that it touches, if they are in its place
   * and shorter; none otherwise.
   */
  private static List<FoundSpot> pieces(Candidate c, List<FoundSpot> strong) {
    List<FoundSpot> pieces = new ArrayList<>();
    int[] b = c.component().box;
    for (FoundSpot s : strong) {
      int[] o = s.box();
      boolean touches =
          s.panel() == c.component().panel
              && o[4] <= c.component().lastFrame + 1
              && o[5] >= c.component().firstFrame
              && o[0] < b[1]
              && o[1] > b[0]
              && o[2] < b[3]
              && o[3] > b[2];
      if (touches) {
        boolean same = Math.hypot(s.x() - c.spot().x(), s.y() - c.spot().y()) <= SAME_PLACE;
        if (!same || o[5] - o[4] + LONGER > frames(c.component())) {
          return List.of();
        }
        pieces.add(s);
      }
    }
    return pieces;
  }

  /**
   * The spots, when all others are known.
   *
   * @param strong the others, from which those are taken that are pieces of these
   */
  List<FoundSpot> spots(List<FoundSpot> strong) {
    List<Candidate> order = new ArrayList<>(candidates);
    order.sort(Comparator.comparingDouble((Candidate c) -> -c.signalToNoise()));
    int usual = usualWidth();
    double limit = limit(usual, strong.size());
    order.removeIf(c -> c.signalToNoise() < SURE && !(of(c, usual) > limit));
    TakenPlaces own = new TakenPlaces(0);
    List<FoundSpot> spots = new ArrayList<>();
    for (Candidate c : order) {
      if (c.touches()) {
        List<FoundSpot> pieces = own.touches(c.component()) ? List.of() : pieces(c, strong);
        if (!pieces.isEmpty()) {
          strong.removeAll(pieces);
          own.add(c.component());
          spots.add(c.spot());
        }
      } else if (!taken.touches(c.component()) && !own.touches(c.component())) {
        own.add(c.component());
        spots.add(c.spot());
      }
    }
    return spots;
  }
}
