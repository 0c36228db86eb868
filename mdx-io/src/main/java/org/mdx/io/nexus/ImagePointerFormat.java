package org.mdx.io.nexus;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mdx.image.ImageChunks;
import org.mdx.io.DecimalText;
import org.mdx.io.hdf5.Hdf5Dataset;
import org.mdx.io.hdf5.Hdf5Group;
import org.mdx.io.hdf5.element.Elements;

/**
 * The object {@code image_source}: where the images are, in place of the images themselves. Its
 * class is our own; mdx2 refuses it by name.
 */
final class ImagePointerFormat {
  static final String NAME = "image_source";
  private static final String CHUNKS = "chunks";
  private static final String TRANSMISSION = "mdx_transmission";

  private ImagePointerFormat() {}

  static NexusRoot write(ImagePointer p) {
    return new NexusRoot().add(NAME, "org.mdx.io.nexus", "ImagePointer", group(p));
  }

  /** With the images; what their object has no place for stands here. */
  static NexusRoot write(ImagePointer p, Hdf5Group stack, OptionalDouble transmission) {
    Hdf5Group source = group(p);
    transmission.ifPresent(t -> source.attribute(TRANSMISSION, DecimalText.of(t)));
    return new NexusRoot()
        .add(NAME, "org.mdx.io.nexus", "ImagePointer", source)
        .add(ImageStack.NAME, "mdx2.data", "ImageSeries", stack);
  }

  /** Part of the beam that attenuators let through, NaN if the file does not tell. */
  static double transmission(NexusReader in) {
    String place = "/entry/" + NAME;
    List<String> told = in.has(NAME) ? in.file().attribute(place, TRANSMISSION) : List.of();
    return told.isEmpty() ? Double.NaN : in.build(place, () -> Double.parseDouble(told.get(0)));
  }

  private static Hdf5Group group(ImagePointer p) {
    Hdf5Group g =
        new Hdf5Group()
            .add("experiments", Hdf5Dataset.text(p.relative()))
            .add("experiments_absolute", Hdf5Dataset.text(p.absolute()))
            .add("experiments_sha256", Hdf5Dataset.text(p.digest()))
            .add("experiment", Hdf5Dataset.of(Elements.of((long) p.experiment())))
            .add("frames", Hdf5Dataset.of(Elements.of((long) p.frames())));
    p.chunks()
        .ifPresent(
            c -> {
              int[] lengths = {c.frames(), c.rows(), c.columns()};
              g.add(CHUNKS, Hdf5Dataset.row(Elements.of(lengths)));
            });
    return g;
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
    String at = place + "/" + CHUNKS;
    int[] c = in.file().has(at) ? in.file().ints(at, in.parallel()) : null;
    if (c != null && c.length != 3) {
      throw in.file().error(at, "frames, rows and columns", c.length + " numbers", "");
    }
    return in.build(
        place,
        () ->
            new ImagePointer(
                relative,
                absolute,
                experiment,
                frames,
                digest,
                Optional.ofNullable(c).map(v -> new ImageChunks(v[0], v[1], v[2]))));
  }

  private static int integer(NexusReader in, String place) {
    in.doubles(place);
    return in.file().ints(place, in.parallel())[0];
  }
}
