package org.mdx.io.nexus;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.mdx.io.MdxFormatException;
import org.mdx.io.hdf5.Hdf5File;
import org.mdx.parallel.Parallel;

/** Reads what all files of mdx2 have in common: objects, grids, small arrays. */
final class NexusReader {
  private final Hdf5File file;
  private final Parallel parallel;

  NexusReader(Hdf5File file, Parallel parallel) {
    this.file = file;
    this.parallel = parallel;
  }

  Hdf5File file() {
    return file;
  }

  Parallel parallel() {
    return parallel;
  }

  boolean has(String object) {
    return file.hasGroup("/entry/" + object);
  }

  /** The place of an object that must be there. */
  String object(String name, String cure) {
    if (!file.hasGroup("/entry")) {
      throw file.error("/entry", "the entry of an mdx2 file", "members " + file.members("/"), cure);
    }
    String place = "/entry/" + name;
    if (!file.hasGroup(place)) {
      throw file.error(place, "an object " + name, "objects " + file.members("/entry"), cure);
    }
    return place;
  }

  /** A dataset of a given shape, −1 standing for any length. */
  double[] doubles(String place, int... shape) {
    int[] found = file.shape(place);
    boolean same = found.length == shape.length;
    for (int i = 0; same && i < shape.length; i++) {
      same = shape[i] < 0 || shape[i] == found[i];
    }
    if (!same) {
      throw file.error(
          place,
          "the shape " + Arrays.toString(shape).replace("-1", "n"),
          Arrays.toString(found),
          "");
    }
    return file.doubles(place, parallel);
  }

  /** An NXdata group: the place of its signal and the values of its axes. */
  Grid grid(String place, String... axisNames) {
    List<String> signal = file.attribute(place, "signal");
    List<String> axes = file.attribute(place, "axes");
    if (signal.size() != 1 || !axes.equals(List.of(axisNames))) {
      throw file.error(
          place,
          "attributes signal and axes = " + Arrays.toString(axisNames),
          "signal " + signal + ", axes " + axes,
          "");
    }
    double[][] values = new double[axisNames.length][];
    int[] shape = new int[axisNames.length];
    for (int i = 0; i < axisNames.length; i++) {
      values[i] = doubles(place + "/" + axisNames[i], -1);
      shape[i] = values[i].length;
    }
    String data = place + "/" + signal.get(0);
    if (!Arrays.equals(file.shape(data), shape)) {
      throw file.error(
          data,
          "the shape of the axes, " + Arrays.toString(shape),
          Arrays.toString(file.shape(data)),
          "");
    }
    return new Grid(data, values);
  }

  /** Where a grid's numbers are, and its axes. */
  record Grid(String signal, double[][] axes) {}

  /** Grids that belong together must have the same axes; null stands for no grid yet. */
  double[][] sameAxes(String place, double[][] first, double[][] axes) {
    if (first != null && !Arrays.deepEquals(first, axes)) {
      throw file.error(place, "the axes of its neighbours", "others", "");
    }
    return axes;
  }

  /** Makes a value from what was read; a value that is not allowed is the file's fault. */
  <T> T build(String place, Supplier<T> maker) {
    try {
      return maker.get();
    } catch (MdxFormatException e) {
      throw e;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new MdxFormatException(
          file.path(), place, "valid values", String.valueOf(e.getMessage()), "", e);
    }
  }
}
