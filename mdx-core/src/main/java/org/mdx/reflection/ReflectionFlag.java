package org.mdx.reflection;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The bits of the column {@code flags}, with the names and values that {@code
 * flex.reflection_table.flags} has in DIALS 3.12. Names of several bits stand for any of them.
 */
public enum ReflectionFlag {
  /** A predicted reflection. */
  PREDICTED(1),
  /** It was observed. */
  OBSERVED(1 << 1),
  /** It was indexed. */
  INDEXED(1 << 2),
  /** It was used to refine the models. */
  USED_IN_REFINEMENT(1 << 3),
  /** It was found as a spot. */
  STRONG(1 << 5),
  /** It made the profile. */
  REFERENCE_SPOT(1 << 6),
  /** It shall not be integrated. */
  DONT_INTEGRATE(1 << 7),
  /** It was integrated by summation. */
  INTEGRATED_SUM(1 << 8),
  /** It was integrated by profile fitting. */
  INTEGRATED_PRF(1 << 9),
  /** It was integrated in one way or the other. */
  INTEGRATED(3 << 8),
  /** It has overloaded pixels. */
  OVERLOADED(1 << 10),
  /** Another one overlaps with its background. */
  OVERLAPPED_BG(1 << 11),
  /** Another one overlaps with it. */
  OVERLAPPED_FG(1 << 12),
  /** It lies in a powder ring. */
  IN_POWDER_RING(1 << 13),
  /** It has bad pixels. */
  FOREGROUND_INCLUDES_BAD_PIXELS(1 << 14),
  /** Its background has bad pixels. */
  BACKGROUND_INCLUDES_BAD_PIXELS(1 << 15),
  /** It or its background has bad pixels. */
  INCLUDES_BAD_PIXELS(3 << 14),
  /** Any of the six before. */
  BAD_SPOT(0x3f << 10),
  /** It was used to model the profile. */
  USED_IN_MODELLING(1 << 16),
  /** Its position is off. */
  CENTROID_OUTLIER(1 << 17),
  /** Its background could not be modelled. */
  FAILED_DURING_BACKGROUND_MODELLING(1 << 18),
  /** Summation failed. */
  FAILED_DURING_SUMMATION(1 << 19),
  /** Profile fitting failed. */
  FAILED_DURING_PROFILE_FITTING(1 << 20),
  /** It is no good for the profile. */
  BAD_REFERENCE(1 << 21),
  /** The user excluded it from scaling. */
  USER_EXCLUDED_IN_SCALING(1 << 22),
  /** It is an outlier of scaling. */
  OUTLIER_IN_SCALING(1 << 23),
  /** It is not used for scaling. */
  EXCLUDED_FOR_SCALING(1 << 24),
  /** Any of the three before. */
  BAD_FOR_SCALING(7 << 22),
  /** It is not used for refinement. */
  EXCLUDED_FOR_REFINEMENT(1 << 25),
  /** It is not used for refinement, or its position is off. */
  BAD_FOR_REFINEMENT(1 << 25 | 1 << 17),
  /** It was scaled. */
  SCALED(1 << 26);

  private final long mask;

  ReflectionFlag(long mask) {
    this.mask = mask;
  }

  /**
   * The bits.
   *
   * @return one or several
   */
  public long mask() {
    return mask;
  }

  /**
   * Whether a reflection has it.
   *
   * @param flags its flags
   * @return true if any of the bits is set
   */
  public boolean isSet(long flags) {
    return (flags & mask) != 0;
  }

  /**
   * The name in DIALS.
   *
   * @return such as {@code used_in_refinement}
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The flag of a name.
   *
   * @param label such as {@code used_in_refinement}
   * @return the flag
   * @throws IllegalArgumentException if there is none of the name
   */
  public static ReflectionFlag of(String label) {
    return Arrays.stream(values())
        .filter(f -> f.label().equals(label.replace('-', '_').toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no flag '"
                        + label
                        + "'; there are "
                        + Arrays.stream(values())
                            .map(ReflectionFlag::label)
                            .collect(Collectors.joining(", "))));
  }
}
