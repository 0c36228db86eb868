package org.mdx.io.nxmx;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.mdx.image.PixelMask;
import org.mdx.image.Pixels;
import org.mdx.io.MdxFormatException;
import org.mdx.io.hdf5.Hdf5File;
import org.mdx.io.hdf5.Hdf5Frames;
import org.mdx.io.hdf5.element.StoredType;
import org.mdx.parallel.Parallel;

/**
 * The frames of an entry: those of one dataset, or of several that are linked as {@code
 * data_000001} and so on. Where a detector has counted above several thresholds (images ×
 * thresholds × y × x), all frames of the first come before those of the second. Pixels of the
 * detector's mask and those whose value is a mark, the highest that the bit depth of the image
 * allows, and the next lower one, are {@link Pixels#MASKED}.
 */
final class NxmxFrames {
  private static final String NUMBERED = "data_\\d+";

  private final List<Hdf5Frames> parts;
  private final int[] first;
  private final int thresholds;
  private final int mark;
  private final PixelMask mask;

  private NxmxFrames(List<Hdf5Frames> parts, int thresholds, int mark, PixelMask mask) {
    this.parts = parts;
    this.thresholds = thresholds;
    this.first = new int[parts.size() + 1];
    for (int i = 0; i < parts.size(); i++) {
      first[i + 1] = Math.addExact(first[i], parts.get(i).frames());
    }
    this.mark = mark;
    this.mask = mask;
  }

  static NxmxFrames open(NxmxEntry entry) {
    List<String> places = parts(entry);
    int thresholds = thresholds(entry.file(), places.get(0));
    List<Hdf5Frames> parts = new ArrayList<>();
    for (int t = 0; t < thresholds; t++) {
      for (String at : places) {
        parts.add(frames(entry.file(), at, t, thresholds));
      }
    }
    Hdf5Frames head = parts.get(0);
    for (Hdf5Frames p : parts) {
      if (p.width() != head.width() || p.height() != head.height()) {
        throw entry
            .file()
            .error(
                entry.at("data"),
                "frames of " + head.width() + " x " + head.height() + " pixels in all parts",
                p.width() + " x " + p.height(),
                "");
      }
    }
    return new NxmxFrames(
        parts, thresholds, mark(entry, head.type()), mask(entry, head, thresholds));
  }

  private static int thresholds(Hdf5File file, String at) {
    int[] shape = file.shape(at);
    if (shape.length == 4 && shape[1] < 1) {
      throw file.error(at, "images x thresholds x y x x", shape[1] + " thresholds", "");
    }
    return shape.length == 4 ? shape[1] : 1;
  }

  private static Hdf5Frames frames(Hdf5File file, String at, int threshold, int thresholds) {
    int here = thresholds(file, at);
    if (here != thresholds) {
      throw file.error(
          at, thresholds + " thresholds, as in the first part", String.valueOf(here), "");
    }
    return file.shape(at).length == 4 ? file.channel(at, threshold) : file.frames(at, 0);
  }

  /** Places of the datasets, in order. */
  private static List<String> parts(NxmxEntry entry) {
    Hdf5File file = entry.file();
    String group = entry.group("", "NXdata", "data");
    if (group == null) {
      throw file.error(entry.at("data"), "a group of frames", "none", "");
    }
    String at = entry.at(group);
    List<String> signal = file.attribute(at, "signal");
    List<String> names = new ArrayList<>();
    if (signal.size() == 1) {
      names.add(signal.get(0));
    }
    names.add("data");
    for (String name : names) {
      if (file.has(at + "/" + name)) {
        return List.of(at + "/" + name);
      }
    }
    return linked(file, at, file.members(at).stream().filter(n -> n.matches(NUMBERED)).toList());
  }

  /** Linked parts in order; master files may name more than were recorded. */
  private static List<String> linked(Hdf5File file, String at, List<String> members) {
    List<String> names = members.stream().sorted().toList();
    List<String> parts = new ArrayList<>();
    MdxFormatException missing = null;
    for (String name : names) {
      try {
        if (!file.has(at + "/" + name)) {
          continue;
        }
      } catch (MdxFormatException e) {
        missing = missing == null ? e : missing;
        continue;
      }
      if (missing != null) {
        throw missing;
      }
      parts.add(at + "/" + name);
    }
    if (missing != null && parts.isEmpty()) {
      throw missing;
    }
    if (parts.isEmpty()) {
      throw file.error(at, "data, or data_000001 and so on", "members " + file.members(at), "");
    }
    return parts;
  }

  /** The value that marks pixels, the next lower one being a mark too; 0 if there is none. */
  private static int mark(NxmxEntry entry, StoredType type) {
    String detector = NxmxDetector.place(entry);
    double image = entry.number(detector + "/bit_depth_image");
    if (Double.isNaN(image)) {
      image = entry.number(detector + "/detectorSpecific/bit_depth_image");
    }
    double depth = Double.isNaN(image) ? entry.number(detector + "/bit_depth_readout") : image;
    if (Double.isNaN(depth) && type.kind() == StoredType.Kind.UNSIGNED) {
      depth = 8 * type.bytes();
    }
    if (depth == 32 && type.kind() == StoredType.Kind.SIGNED) {
      return Integer.MAX_VALUE;
    }
    return depth >= 2 && depth < 32 ? (1 << (int) depth) - 1 : 0;
  }

  /** Of several thresholds each may have a mask: a pixel that one leaves out is left out. */
  private static PixelMask mask(NxmxEntry entry, Hdf5Frames head, int thresholds) {
    String detector = NxmxDetector.place(entry);
    for (String path : new String[] {"/pixel_mask", "/detectorSpecific/pixel_mask"}) {
      if (!entry.has(detector + path)) {
        continue;
      }
      Hdf5File file = entry.file();
      String at = entry.at(detector + path);
      int[] shape = file.shape(at);
      int n = shape.length;
      if (n != 2 && !(n == 3 && shape[0] == thresholds)) {
        continue;
      }
      if (shape[n - 2] != head.height() || shape[n - 1] != head.width()) {
        throw file.error(
            at,
            "a mask of " + head.width() + " x " + head.height() + " pixels",
            shape[n - 1] + " x " + shape[n - 2],
            "");
      }
      int pixels = head.height() * head.width();
      StoredType type = file.type(at);
      BitSet bits = new BitSet();
      file.read(
          at,
          Parallel.of(1),
          (from, byteAt, index, count) -> {
            for (int i = 0; i < count; i++) {
              if (type.number(from, byteAt + i * type.bytes()) != 0) {
                bits.set((index + i) % pixels);
              }
            }
          });
      return PixelMask.of(head.width(), head.height(), bits);
    }
    return null;
  }

  /** Number of frames. */
  int count() {
    return first[parts.size()];
  }

  /** Number of thresholds, of each of which there are as many frames. */
  int thresholds() {
    return thresholds;
  }

  int width() {
    return parts.get(0).width();
  }

  int height() {
    return parts.get(0).height();
  }

  StoredType type() {
    return parts.get(0).type();
  }

  /** Pixels that are left out in every frame, or null. */
  PixelMask mask() {
    return mask;
  }

  /** Reads a frame; real numbers become steps of 2 to the power of minus {@code fractionBits}. */
  void read(int frame, int fractionBits, int[] image) {
    int part = 0;
    while (frame >= first[part + 1]) {
      part++;
    }
    parts.get(part).read(frame - first[part], fractionBits, image);
    if (mark > 0) {
      int n = width() * height();
      int highest = (int) Math.min(Integer.MAX_VALUE, (long) mark << fractionBits);
      int next = highest - (1 << fractionBits);
      for (int i = 0; i < n; i++) {
        if (image[i] == highest || image[i] == next) {
          image[i] = Pixels.MASKED;
        }
      }
    }
    if (mask != null) {
      mask.fill(image, Pixels.MASKED);
    }
  }
}
