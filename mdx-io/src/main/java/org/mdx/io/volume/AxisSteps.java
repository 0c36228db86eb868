package org.mdx.io.volume;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.mdx.io.MdxFormatException;
import org.mdx.map.ReciprocalMap;
import org.mdx.map.VoxelBox;
import org.mdx.table.Subdivision;

/**
 * An axis that a file describes by its first coordinate and its step, as voxels: multiples of 1/n.
 *
 * @param divisions voxels per unit of the index
 * @param origin index of the first voxel
 */
public record AxisSteps(int divisions, int origin) {
  private static final int FINEST = 1000;

  /** In voxels: files in single precision tell a first coordinate of 1000 this well. */
  private static final double TOLERANCE = 1e-2;

  /**
   * Finds the voxels of an axis.
   *
   * @param path the file, for messages
   * @param place where in it
   * @param first coordinate of the first voxel's centre
   * @param step between centres
   * @param count number of voxels
   * @return the axis; where there is only one voxel its step does not matter
   * @throws MdxFormatException if the centres are not multiples of 1/n, n up to 1000
   */
  public static AxisSteps of(Path path, String place, double first, double step, long count) {
    double n = Math.rint(1 / step);
    if (fits(first, step, n, count)) {
      return new AxisSteps((int) n, (int) Math.rint(first * n));
    }
    for (n = 1; count == 1 && n <= FINEST; n++) {
      if (Math.abs(first * n - Math.rint(first * n)) <= 1e-3 && Math.abs(first * n) < 1 << 30) {
        return new AxisSteps((int) n, (int) Math.rint(first * n));
      }
    }
    throw new MdxFormatException(
        path,
        place,
        "voxels at multiples of 1/n, n from 1 to " + FINEST,
        count + " in steps of " + step + " from " + first,
        "resample the map so that the origin is on its grid");
  }

  private static boolean fits(double first, double step, double n, long count) {
    double last = (first + (count - 1) * step) * n;
    return n >= 1
        && n <= FINEST
        && Math.abs(first * n) < 1 << 30
        && Math.abs(first * n - Math.rint(first * n)) <= TOLERANCE
        && Math.abs(last - Math.rint(first * n) - (count - 1)) <= Math.max(TOLERANCE, count * 2e-6);
  }

  /**
   * A map on three axes.
   *
   * @param name what its values are
   * @param axes h, k and l
   * @param shape voxels along each
   * @param values in C order
   * @return the map
   * @throws IllegalArgumentException if the values do not fit
   */
  public static ReciprocalMap map(String name, AxisSteps[] axes, long[] shape, float... values) {
    return ReciprocalMap.of(
        name,
        new Subdivision(axes[0].divisions, axes[1].divisions, axes[2].divisions),
        new VoxelBox(
            axes[0].origin,
            axes[1].origin,
            axes[2].origin,
            Math.toIntExact(shape[0]),
            Math.toIntExact(shape[1]),
            Math.toIntExact(shape[2])),
        values);
  }

  /**
   * Makes a value from what was read; a value that is not allowed is the file's fault.
   *
   * @param path the file
   * @param place where in it
   * @param maker makes the value
   * @param <T> its type
   * @return the value
   * @throws MdxFormatException in place of what the maker refuses
   */
  public static <T> T build(Path path, String place, Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new MdxFormatException(
          path, place, "valid values", String.valueOf(e.getMessage()), "", e);
    }
  }
}
