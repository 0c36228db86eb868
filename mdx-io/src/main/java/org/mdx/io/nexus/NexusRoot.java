package org.mdx.io.nexus;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mdx.io.hdf5.Hdf5Dataset;
import org.mdx.io.hdf5.Hdf5Group;
import org.mdx.io.hdf5.Hdf5Writer;
import org.mdx.io.hdf5.element.Elements;
import org.mdx.io.output.AtomicFile;
import org.mdx.parallel.Parallel;

/** Builds what all files of mdx2 have in common: root, entry, marked objects, NXdata. */
final class NexusRoot {
  private final Map<String, Hdf5Group> objects = new LinkedHashMap<>();
  private final Map<String, List<String>> attributes = new LinkedHashMap<>();

  /** Adds an object that mdx2 loads as the given class. */
  NexusRoot add(String name, String module, String className, Hdf5Group object) {
    objects.put(name, object.attribute("mdx2_module", module).attribute("mdx2_class", className));
    return this;
  }

  /** Adds a group that mdx2 does not load. */
  NexusRoot addPlain(String name, Hdf5Group object) {
    objects.put(name, object);
    return this;
  }

  /** Adds an attribute of the entry, which mdx2 leaves alone. */
  NexusRoot attribute(String name, List<String> values) {
    attributes.put(name, values);
    return this;
  }

  /** Writes the file; it appears whole or not at all. */
  void write(Path path, Parallel parallel) throws IOException {
    Hdf5Group entry = new Hdf5Group().attribute("NX_class", "NXentry");
    objects.forEach(entry::add);
    attributes.forEach(entry::attribute);
    Hdf5Group root =
        new Hdf5Group()
            .attribute("mdx2_version", Mdx2.VERSION)
            .attribute("creator", "mdx")
            .add("entry", entry);
    AtomicFile.writePath(
        path,
        temporary -> {
          try (FileChannel out =
              FileChannel.open(
                  temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            Hdf5Writer.write(root, out, parallel);
          }
        });
  }

  /** An axis of a grid; its unit may be empty. */
  record AxisValues(String name, double[] values, String unit) {
    AxisValues(String name, double[] values) {
      this(name, values, "");
    }
  }

  /** A grid in mdx2's manner: the dataset {@code signal} over named axes. */
  static Hdf5Group data(Elements signal, AxisValues... axes) {
    return data("signal", signal, axes);
  }

  /** A grid of which the dataset has a name of its own. */
  static Hdf5Group data(String name, Elements signal, AxisValues... axes) {
    int[] shape = new int[axes.length];
    Hdf5Group g = new Hdf5Group().attribute("NX_class", "NXdata");
    for (int i = 0; i < axes.length; i++) {
      shape[i] = axes[i].values.length;
      Hdf5Dataset d = Hdf5Dataset.row(Elements.of(axes[i].values));
      g.add(axes[i].name, axes[i].unit.isEmpty() ? d : d.attribute("units", axes[i].unit));
    }
    return g.attribute("axes", List.of(axes).stream().map(AxisValues::name).toList())
        .attribute("signal", name)
        .add(name, Hdf5Dataset.of(signal, shape));
  }
}
