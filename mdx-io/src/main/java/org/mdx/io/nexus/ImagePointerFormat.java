package org.mdx.io.nexus;

import org.mdx.io.hdf5.Elements;
import org.mdx.io.hdf5.Hdf5Dataset;
import org.mdx.io.hdf5.Hdf5Group;

/**
 * The object {@code image_source}: where the images are, in place of the images themselves. Its
 * class is our own; mdx2 refuses it by name.
 */
final class ImagePointerFormat {
  static final String NAME = "image_source";

  private ImagePointerFormat() {}

  static NexusRoot write(ImagePointer p) {
    return new NexusRoot().add(NAME, "org.mdx.io.nexus", "ImagePointer", group(p));
  }

  static NexusRoot write(ImagePointer p, Hdf5Group stack) {
    return write(p).add(ImageStack.NAME, "mdx2.data", "ImageSeries", stack);
  }

  private static Hdf5Group group(ImagePointer p) {
    return new Hdf5Group()
        .add("experiments", Hdf5Dataset.text(p.relative()))
        .add("experiments_absolute", Hdf5Dataset.text(p.absolute()))
        .add("experiments_sha256", Hdf5Dataset.text(p.digest()))
        .add("experiment", Hdf5Dataset.of(Elements.of((long) p.experiment())))
        .add("frames", Hdf5Dataset.of(Elements.of((long) p.frames())));
  }

  static ImagePointer read(NexusReader in) {
    if (in.has("image_series") && !in.has(NAME)) {
      throw in.file()
          .error(
              "/entry",
              "where the images are",
              "the images themselves, as mdx2 stores them",
              "give the .expt that they were imported with, or run mdx import-data on it");
    }
    String place =
        in.object(
            NAME,
            "give the .expt that the images were imported with, or the file that import-data"
                + " wrote");
    String relative = in.file().text(place + "/experiments");
    String absolute = in.file().text(place + "/experiments_absolute");
    String digest = in.file().text(place + "/experiments_sha256");
    int experiment = integer(in, place + "/experiment");
    int frames = integer(in, place + "/frames");
    return in.build(place, () -> new ImagePointer(relative, absolute, experiment, frames, digest));
  }

  private static int integer(NexusReader in, String place) {
    in.doubles(place);
    return in.file().ints(place, in.parallel())[0];
  }
}
