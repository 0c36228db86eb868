package org.mdx.sim;

import java.util.BitSet;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.geometry.PixelRectangle;
import org.mdx.image.PixelMask;
import org.mdx.internal.kernel.Hash;
import org.mdx.math.Vec3;

/** Which pixels of a simulated panel count, and which lie in the beamstop's shadow. Immutable. */
public final class PixelStates {
  /** The pixel counts photons. */
  public static final byte GOOD = 0;

  /** The pixel lies between modules. */
  public static final byte GAP = 1;

  /** The pixel does not count. */
  public static final byte DEAD = 2;

  /** The pixel counts without photons. */
  public static final byte HOT = 3;

  /** Part of the photons that the beamstop lets through. */
  public static final double BEAMSTOP_TRANSMISSION = 0.02;

  private final byte[] state;
  private final BitSet shadow;
  private final BitSet masked;
  private final PixelMask mask;

  private PixelStates(byte[] state, BitSet shadow, BitSet masked, PixelMask mask) {
    this.state = state;
    this.shadow = shadow;
    this.masked = masked;
    this.mask = mask;
  }

  /**
   * The states of a panel's pixels: gaps are the panel's untrusted rectangles, dead and hot pixels
   * are drawn.
   *
   * @param geometry beam and detector
   * @param index of the panel
   * @param detector its faults
   * @param seed of the places of dead and hot pixels
   * @return the states
   */
  public static PixelStates of(
      Geometry geometry, int index, SimulatedDetector detector, long seed) {
    Panel panel = geometry.detector().panels().get(index);
    int width = panel.width();
    int height = panel.height();
    byte[] state = new byte[Math.multiplyExact(width, height)];
    BitSet shadow = shadow(geometry, panel, detector);
    for (PixelRectangle r : panel.untrusted()) {
      for (int iy = Math.max(0, r.y0()); iy < Math.min(height, r.y1()); iy++) {
        for (int ix = Math.max(0, r.x0()); ix < Math.min(width, r.x1()); ix++) {
          state[iy * width + ix] = GAP;
        }
      }
    }
    scatter(state, DEAD, detector.deadPixels(), Hash.key(seed, 1));
    scatter(state, HOT, detector.hotPixels(), Hash.key(seed, 2));
    BitSet masked = (BitSet) shadow.clone();
    for (int i = 0; i < state.length; i++) {
      if (state[i] != GOOD) {
        masked.set(i);
      }
    }
    return new PixelStates(state, shadow, masked, PixelMask.of(width, height, masked));
  }

  private static BitSet shadow(Geometry geometry, Panel panel, SimulatedDetector detector) {
    BitSet shadow = new BitSet();
    if (detector.beamstopRadius() == 0 && detector.armWidth() == 0) {
      return shadow;
    }
    for (int iy = 0, i = 0; iy < panel.height(); iy++) {
      for (int ix = 0; ix < panel.width(); ix++, i++) {
        if (mayBeShadowed(geometry, panel, detector, ix, iy)
            && isShadowed(geometry, panel.position(ix + 0.5, iy + 0.5), detector)) {
          shadow.set(i);
        }
      }
    }
    return shadow;
  }

  /** A quick test without parallax, which moves a place by less than the sensor's thickness. */
  private static boolean mayBeShadowed(
      Geometry geometry, Panel panel, SimulatedDetector detector, int ix, int iy) {
    double x = (ix + 0.5) * panel.pixelWidth();
    double y = (iy + 0.5) * panel.pixelHeight();
    Vec3 o = panel.origin();
    Vec3 f = panel.fast();
    Vec3 s = panel.slow();
    Vec3 e = geometry.beam().direction();
    double px = o.x() + x * f.x() + y * s.x();
    double py = o.y() + x * f.y() + y * s.y();
    double pz = o.z() + x * f.z() + y * s.z();
    double along = px * e.x() + py * e.y() + pz * e.z();
    double margin = panel.sensor().thickness() + 1e-6;
    double offX = px - along * e.x();
    double off2 = px * px + py * py + pz * pz - along * along;
    double reach = detector.beamstopRadius() + margin;
    return off2 < reach * reach + 1e-6 || Math.abs(offX) < detector.armWidth() / 2 + margin;
  }

  private static boolean isShadowed(Geometry geometry, Vec3 x, SimulatedDetector detector) {
    Vec3 beam = geometry.beam().direction().times(-1);
    Vec3 off = x.minus(beam.times(x.dot(beam)));
    boolean arm = off.y() < 0 && Math.abs(off.x()) < detector.armWidth() / 2;
    return off.norm() < detector.beamstopRadius() || (arm && detector.armWidth() > 0);
  }

  /** Gives a state to pixels drawn from those that are good; fewer if most are not. */
  private static void scatter(byte[] state, byte kind, int count, long seed) {
    int found = 0;
    for (long i = 0; found < count && i < 20L * count; i++) {
      int pixel = (int) (Hash.uniform(seed, i) * state.length);
      if (state[pixel] == GOOD) {
        state[pixel] = kind;
        found++;
      }
    }
  }

  /**
   * The state of a pixel.
   *
   * @param pixel iy·width + ix
   * @return {@link #GOOD}, {@link #GAP}, {@link #DEAD} or {@link #HOT}
   */
  public byte state(int pixel) {
    return state[pixel];
  }

  /**
   * Whether the beamstop or its arm shadows a pixel.
   *
   * @param pixel iy·width + ix
   * @return true if it gets {@link #BEAMSTOP_TRANSMISSION} of the photons
   */
  public boolean isShadowed(int pixel) {
    return shadow.get(pixel);
  }

  /**
   * The pixels that are not ordinary.
   *
   * @return iy·width + ix of those that are not good or lie in the shadow, rising
   */
  public int[] masked() {
    return masked.stream().toArray();
  }

  /**
   * What a careful user leaves out.
   *
   * @return gaps, dead and hot pixels and the beamstop's shadow
   */
  public PixelMask mask() {
    return mask;
  }

  @Override
  public String toString() {
    return "PixelStates[" + state.length + " pixels, " + shadow.cardinality() + " in shadow]";
  }
}
