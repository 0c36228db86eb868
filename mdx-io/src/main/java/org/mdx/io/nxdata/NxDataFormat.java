package org.mdx.io.nxdata;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mdx.io.hdf5.Hdf5File;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.io.volume.MapFile;
import org.mdx.io.volume.MapFormat;

/** NeXus, the default data of a file. */
public final class NxDataFormat implements MapFormat {

  @Override
  public String name() {
    return "nxdata";
  }

  @Override
  public String title() {
    return "NXdata";
  }

  @Override
  public List<String> extensions() {
    return List.of("nx", "hdf5", "nexus");
  }

  @Override
  public boolean recognizes(Path file) throws IOException {
    return Hdf5File.recognizes(file) && NxData.recognizes(file);
  }

  @Override
  public MapFile read(Path file, CrystalSymmetry known) throws IOException {
    return NxData.read(file);
  }

  @Override
  public void write(Path path, MapFile file, float missing) throws IOException {
    NxData.write(path, file);
  }
}
