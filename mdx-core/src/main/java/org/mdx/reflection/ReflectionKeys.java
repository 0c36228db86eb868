package org.mdx.reflection;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The columns that DIALS and mdx know, under the names that DIALS gives them. */
public final class ReflectionKeys {
  private static final Map<String, ReflectionKey<?>> ALL = new LinkedHashMap<>();

  /** Panel of the detector, from 0. */
  public static final ReflectionKey<int[]> PANEL = key("panel", int[].class, 1, "");

  /** Bounding box x0, x1, y0, y1, z0, z1; the second limit of each pair is exclusive. */
  public static final ReflectionKey<int[]> BBOX =
      key("bbox", int[].class, 6, "px, px, px, px, frame, frame");

  /** Bits of {@link ReflectionFlag}. */
  public static final ReflectionKey<long[]> FLAGS = key("flags", long[].class, 1, "");

  /** Experiment, from 0; −1 of a reflection of none. */
  public static final ReflectionKey<int[]> ID = key("id", int[].class, 1, "");

  /** Set of images, from 0. */
  public static final ReflectionKey<int[]> IMAGESET_ID = key("imageset_id", int[].class, 1, "");

  /** Number of strong pixels. */
  public static final ReflectionKey<int[]> N_SIGNAL = key("n_signal", int[].class, 1, "");

  /** Pixels of the reflection. */
  public static final ReflectionKey<Shoeboxes> SHOEBOX = key("shoebox", Shoeboxes.class, 1, "");

  /**
   * Observed centroid: pixel centres are at ½; z is the image number − 1 at the beginning of an
   * image.
   */
  public static final ReflectionKey<double[]> XYZOBS_PX =
      key("xyzobs.px.value", double[].class, 3, "px, px, frame");

  /** Variance of the observed centroid. */
  public static final ReflectionKey<double[]> XYZOBS_PX_VARIANCE =
      key("xyzobs.px.variance", double[].class, 3, "px², px², frame²");

  /** Observed centroid on the panel, corrected for parallax, and rotation angle. */
  public static final ReflectionKey<double[]> XYZOBS_MM =
      key("xyzobs.mm.value", double[].class, 3, "mm, mm, rad");

  /** Variance of the observed centroid on the panel. */
  public static final ReflectionKey<double[]> XYZOBS_MM_VARIANCE =
      key("xyzobs.mm.variance", double[].class, 3, "mm², mm², rad²");

  /** Predicted place, as {@link #XYZOBS_PX}. */
  public static final ReflectionKey<double[]> XYZCAL_PX =
      key("xyzcal.px", double[].class, 3, "px, px, frame");

  /** Predicted place on the panel, corrected for parallax, and rotation angle. */
  public static final ReflectionKey<double[]> XYZCAL_MM =
      key("xyzcal.mm", double[].class, 3, "mm, mm, rad");

  /** Miller index h, k, l; 0, 0, 0 of a reflection that is not indexed. */
  public static final ReflectionKey<int[]> MILLER_INDEX = key("miller_index", int[].class, 3, "");

  /** Reciprocal-lattice point at φ = 0, in the frame of A = U·B. */
  public static final ReflectionKey<double[]> RLP = key("rlp", double[].class, 3, "Å⁻¹");

  /** Diffracted beam in the laboratory, of length 1/λ. */
  public static final ReflectionKey<double[]> S1 = key("s1", double[].class, 3, "Å⁻¹");

  /** Whether the reflection enters the Ewald sphere as φ grows. */
  public static final ReflectionKey<boolean[]> ENTERING = key("entering", boolean[].class, 1, "");

  /** Resolution. */
  public static final ReflectionKey<double[]> D = key("d", double[].class, 1, "Å");

  /** e·e₁, e the rotation axis and e₁ = s1 × s0 made a unit vector. */
  public static final ReflectionKey<double[]> ZETA = key("zeta", double[].class, 1, "");

  /** Lorentz and polarization correction, by which an intensity is to be multiplied. */
  public static final ReflectionKey<double[]> LP = key("lp", double[].class, 1, "");

  /** Part of the photons that the sensor absorbs, by which an intensity is to be divided. */
  public static final ReflectionKey<double[]> QE = key("qe", double[].class, 1, "");

  /** Part of the reflection that was recorded, 0 to 1. */
  public static final ReflectionKey<double[]> PARTIALITY = key("partiality", double[].class, 1, "");

  /** Number that the parts of one reflection share. */
  public static final ReflectionKey<long[]> PARTIAL_ID = key("partial_id", long[].class, 1, "");

  /** Intensity by summation. */
  public static final ReflectionKey<double[]> INTENSITY_SUM =
      key("intensity.sum.value", double[].class, 1, "counts");

  /** Variance of the intensity by summation. */
  public static final ReflectionKey<double[]> INTENSITY_SUM_VARIANCE =
      key("intensity.sum.variance", double[].class, 1, "counts²");

  /** Intensity by profile fitting. */
  public static final ReflectionKey<double[]> INTENSITY_PRF =
      key("intensity.prf.value", double[].class, 1, "counts");

  /** Variance of the intensity by profile fitting. */
  public static final ReflectionKey<double[]> INTENSITY_PRF_VARIANCE =
      key("intensity.prf.variance", double[].class, 1, "counts²");

  /** Corrected intensity, not divided by the scale factor. */
  public static final ReflectionKey<double[]> INTENSITY_SCALE =
      key("intensity.scale.value", double[].class, 1, "");

  /** Variance of the corrected intensity. */
  public static final ReflectionKey<double[]> INTENSITY_SCALE_VARIANCE =
      key("intensity.scale.variance", double[].class, 1, "");

  /** Scale factor g, by which an intensity is to be divided. */
  public static final ReflectionKey<double[]> INVERSE_SCALE_FACTOR =
      key("inverse_scale_factor", double[].class, 1, "");

  /** Variance of the scale factor. */
  public static final ReflectionKey<double[]> INVERSE_SCALE_FACTOR_VARIANCE =
      key("inverse_scale_factor_variance", double[].class, 1, "");

  /** Correlation of the pixels with the profile. */
  public static final ReflectionKey<double[]> PROFILE_CORRELATION =
      key("profile.correlation", double[].class, 1, "");

  /** Mean background of a pixel. */
  public static final ReflectionKey<double[]> BACKGROUND_MEAN =
      key("background.mean", double[].class, 1, "counts/px");

  /** Background under the reflection. */
  public static final ReflectionKey<double[]> BACKGROUND_SUM =
      key("background.sum.value", double[].class, 1, "counts");

  /** Variance of the background under the reflection. */
  public static final ReflectionKey<double[]> BACKGROUND_SUM_VARIANCE =
      key("background.sum.variance", double[].class, 1, "counts²");

  /** Number of valid pixels. */
  public static final ReflectionKey<int[]> NUM_PIXELS_VALID =
      key("num_pixels.valid", int[].class, 1, "");

  /** Number of background pixels. */
  public static final ReflectionKey<int[]> NUM_PIXELS_BACKGROUND =
      key("num_pixels.background", int[].class, 1, "");

  /** Number of background pixels that the background was made from. */
  public static final ReflectionKey<int[]> NUM_PIXELS_BACKGROUND_USED =
      key("num_pixels.background_used", int[].class, 1, "");

  /** Number of foreground pixels. */
  public static final ReflectionKey<int[]> NUM_PIXELS_FOREGROUND =
      key("num_pixels.foreground", int[].class, 1, "");

  private ReflectionKeys() {}

  private static <A> ReflectionKey<A> key(
      String name, Class<A> array, int components, String unit) {
    ReflectionKey<A> key = new ReflectionKey<>(name, array, components, unit);
    ALL.put(name, key);
    return key;
  }

  /**
   * All of them.
   *
   * @return keys by name
   */
  public static Map<String, ReflectionKey<?>> all() {
    return Collections.unmodifiableMap(ALL);
  }

  /**
   * The key of a name.
   *
   * @param name such as {@code miller_index}
   * @return the key, or empty if the column is not known here
   */
  public static Optional<ReflectionKey<?>> of(String name) {
    return Optional.ofNullable(ALL.get(name));
  }
}
