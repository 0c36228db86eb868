package org.mdx.microed.axes;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * A direction of the real lattice, u a + v b + w c.
 *
 * @param name such as {@code a} or {@code [1 1 0]}
 * @param u along a
 * @param v along b
 * @param w along c
 */
public record AxisDirection(String name, int u, int v, int w) {
  private static final Pattern INDICES =
      Pattern.compile("\\[?\\s*(-?\\d{1,3})[,\\s]\\s*(-?\\d{1,3})[,\\s]\\s*(-?\\d{1,3})\\s*\\]?");

  public AxisDirection {
    if (u == 0 && v == 0 && w == 0) {
      throw new IllegalArgumentException("[0 0 0] is no direction; give three indices, not all 0");
    }
  }

  /** The edge a of the cell. */
  public static final AxisDirection A = new AxisDirection("a", 1, 0, 0);

  /** The edge b of the cell. */
  public static final AxisDirection B = new AxisDirection("b", 0, 1, 0);

  /** The edge c of the cell. */
  public static final AxisDirection C = new AxisDirection("c", 0, 0, 1);

  /**
   * Reads a direction.
   *
   * @param text {@code a}, {@code b}, {@code c}, or three whole numbers such as {@code 1,1,0} or
   *     {@code [1 1 0]}
   * @return the direction
   * @throws IllegalArgumentException if it is something else
   */
  public static AxisDirection of(String text) {
    for (AxisDirection axis : new AxisDirection[] {A, B, C}) {
      if (axis.name.equals(text.strip())) {
        return axis;
      }
    }
    Matcher m = INDICES.matcher(text.strip());
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "direction '" + text + "'; give a, b, c, or three whole numbers such as 1,1,0");
    }
    int u = Integer.parseInt(m.group(1));
    int v = Integer.parseInt(m.group(2));
    int w = Integer.parseInt(m.group(3));
    return new AxisDirection("[" + u + " " + v + " " + w + "]", u, v, w);
  }

  /**
   * The direction in the laboratory.
   *
   * @param ub S·R(φ)·F·A, which carries indices to scattering vectors
   * @return in Å
   */
  public Vec3 in(Mat3 ub) {
    // the rows of the inverse are a, b, c
    return ub.inverse().transpose().times(new Vec3(u, v, w));
  }
}
