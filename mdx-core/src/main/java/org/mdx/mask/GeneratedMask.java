package org.mdx.mask;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.mdx.image.PixelMask;

/**
 * A mask and what it is made of.
 *
 * @param masks one for each panel
 * @param parts what each item of the options leaves out, in order; they may overlap
 */
public record GeneratedMask(List<PixelMask> masks, List<Part> parts) {

  public GeneratedMask {
    masks = List.copyOf(masks);
    parts = List.copyOf(parts);
  }

  /**
   * One item.
   *
   * @param name such as {@code circle 0:240,310,12}
   * @param pixels how many it leaves out, of all panels together
   */
  public record Part(String name, long pixels) {}

  /**
   * How many pixels are left out.
   *
   * @return of all panels together
   */
  public long count() {
    return masks.stream().mapToLong(PixelMask::count).sum();
  }

  /**
   * With the pixels of another mask left out too.
   *
   * @param name what it is, for its part
   * @param others a mask of the same shape for each panel
   * @return the larger mask, with a part more
   * @throws IllegalArgumentException if the numbers of panels or the shapes differ
   */
  public GeneratedMask or(String name, List<PixelMask> others) {
    if (others.size() != masks.size()) {
      throw new IllegalArgumentException(
          "masks of " + masks.size() + " and " + others.size() + " panels");
    }
    List<PixelMask> all = new ArrayList<>();
    long pixels = 0;
    for (int p = 0; p < masks.size(); p++) {
      all.add(masks.get(p).or(others.get(p)));
      pixels += others.get(p).count();
    }
    List<Part> more = new ArrayList<>(parts);
    more.add(new Part(name, pixels));
    return new GeneratedMask(all, more);
  }

  @Override
  public String toString() {
    return "GeneratedMask["
        + count()
        + " pixels of "
        + masks.size()
        + (masks.size() == 1 ? " panel" : " panels")
        + parts.stream().map(p -> ", " + p.name + " " + p.pixels).collect(Collectors.joining())
        + "]";
  }
}
