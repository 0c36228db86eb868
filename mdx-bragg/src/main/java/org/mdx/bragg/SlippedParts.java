package org.mdx.bragg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.bragg.index.Indexed;
import org.mdx.geometry.Scan;
import org.mdx.image.ImageSeries;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * Takes the stretches of images of crystals that slipped for sweeps of their own.
 *
 * @param images of each sweep
 * @param origins which of the sweeps given at first each one is of
 * @param parts those that were indexed
 */
record SlippedParts(List<ImageSeries> images, List<Integer> origins, List<CrystalPart> parts) {

  /** The same sweeps with the stretches of those of one crystal that slipped. */
  static SlippedParts of(
      List<ImageSeries> images, List<Integer> origins, List<CrystalPart> indexed) {
    SlippedParts all = new SlippedParts(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    int[] moved = new int[images.size()];
    for (int i = 0; i < images.size(); i++) {
      int number = i;
      moved[i] = all.images.size();
      List<BraggSweep> stretches =
          indexed.stream()
              .filter(p -> p.numbers().length == 1 && p.numbers()[0] == number)
              .findFirst()
              .map(p -> p.sweep().stretches())
              .orElse(List.of());
      for (BraggSweep s : stretches) {
        all.parts.add(new CrystalPart(new int[] {all.images.size()}, s));
        all.images.add(s.images().get(0));
        all.origins.add(origins.get(i));
      }
      if (stretches.isEmpty()) {
        all.images.add(images.get(i));
        all.origins.add(origins.get(i));
      }
    }
    for (CrystalPart p : indexed) {
      if (p.numbers().length > 1) {
        int[] numbers = Arrays.stream(p.numbers()).map(n -> moved[n]).toArray();
        all.parts.add(new CrystalPart(numbers, p.sweep()));
      }
    }
    return all;
  }

  /** One of the lattices alone, with the spots of its images. */
  static Indexed one(Indexed all, int lattice) {
    Indexed.Lattice l = all.lattices().get(lattice);
    Scan scan = l.geometries().get(0).scan();
    int first = scan.firstImage() - 1;
    double[] px = all.reflections().get(ReflectionKeys.XYZOBS_PX);
    int[] id = all.reflections().get(ReflectionKeys.ID);
    Reflections own =
        all.reflections()
            .where(
                i -> {
                  double z = px[3 * i + 2] - first;
                  return id[i] == lattice || id[i] < 0 && z >= 0 && z < scan.frames();
                });
    int[] number = own.get(ReflectionKeys.ID);
    for (int i = 0; i < number.length; i++) {
      number[i] = Math.min(number[i], 0);
    }
    List<String> moved = new ArrayList<>(all.moved());
    if (lattice > 0) {
      moved.add(all.slips().get(lattice - 1));
    }
    return new Indexed(List.of(l), own.with(ReflectionKeys.ID, number), all.log(), moved);
  }
}
