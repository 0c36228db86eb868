package org.mdx.io.image;

import java.util.Optional;
import java.util.OptionalDouble;
import org.mdx.math.Vec3;

/** What a number or direction of a header tells, if it can be one at all. */
final class Known {
  private Known() {}

  static Optional<Vec3> direction(Vec3 v) {
    double norm = v == null ? 0 : v.norm();
    return norm > 0 && Double.isFinite(norm) ? Optional.of(v.unit()) : Optional.empty();
  }

  static OptionalDouble positive(double value) {
    return value > 0 ? value(value) : OptionalDouble.empty();
  }

  /** Above 0, at most 1. */
  static OptionalDouble part(double value) {
    return value <= 1 ? positive(value) : OptionalDouble.empty();
  }

  static OptionalDouble value(double value) {
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
