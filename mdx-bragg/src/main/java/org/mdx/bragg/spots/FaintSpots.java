package org.mdx.bragg.spots;

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

  /** Pixels about a component that are looked at: it may be widened, and that has a margin. */
  private static final int FARTHEST = AROUND + SpotLinker.MARGIN;

  private static final int FRAMES = 2;

  private final SpotMeasurer measurer;
  private final PixelStore store;
  private final TakenPlaces taken;
  private final double[] excess;
  private final List<Candidate> candidates = new ArrayList<>();

  private record Candidate(Component component, FoundSpot spot, double signalToNoise) {}

  /**
   * No faint spots yet.
   *
   * @param measurer measures spots
   * @param store has the pixels about components
   * @param taken places of other spots
   * @param excess variance of sums of pixels over what is expected, of each panel
   */
  FaintSpots(SpotMeasurer measurer, PixelStore store, TakenPlaces taken, double[] excess) {
    this.measurer = measurer;
    this.store = store;
    this.taken = taken;
    this.excess = excess;
  }

  /** Takes a component that is complete. */
  void take(Component c) {
    if (c.isGivenUp() || measurer.lastsTheSweep(c)) {
      return;
    }
    PixelStore.Patch pixels = store.patch(c, FARTHEST, FRAMES);
    for (Component part : measurer.parts(c, pixels)) {
      if (!taken.touches(part)) {
        look(part, pixels);
      }
    }
  }

  private void look(Component c, PixelStore.Patch pixels) {
    SpotBox box = measurer.box(c, pixels, AROUND, NEAR);
    double[] middle = measurer.strong(c).mean;
    FaintFit fit = new FaintFit(box, new BackgroundPlane(box), middle, excess[c.panel]);
    if (!(fit.signalToNoise() > FaintFit.SPOT)) {
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
      candidates.add(new Candidate(wide, spot, fit.signalToNoise()));
    }
  }

  /** The spots, when all others are known. */
  List<FoundSpot> spots() {
    List<Candidate> order = new ArrayList<>(candidates);
    order.sort(Comparator.comparingDouble((Candidate c) -> -c.signalToNoise()));
    TakenPlaces own = new TakenPlaces(0);
    List<FoundSpot> spots = new ArrayList<>();
    for (Candidate c : order) {
      if (!taken.touches(c.component()) && !own.touches(c.component())) {
        own.add(c.component());
        spots.add(c.spot());
      }
    }
    return spots;
  }
}
