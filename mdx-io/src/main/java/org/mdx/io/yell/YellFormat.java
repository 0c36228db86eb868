package org.mdx.io.yell;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mdx.io.hdf5.Hdf5File;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.io.volume.MapFile;
import org.mdx.io.volume.MapFormat;

/** HDF5 of Yell. */
public final class YellFormat implements MapFormat {

  @Override
  public String name() {
    return "yell";
  }

  @Override
  public String title() {
    return "Yell 1.0";
  }

  @Override
  public List<String> extensions() {
    return List.of("yell.h5");
  }

  @Override
  public boolean recognizes(Path file) throws IOException {
    return Hdf5File.recognizes(file) && Yell.recognizes(file);
  }

  @Override
  public MapFile read(Path file, CrystalSymmetry known) throws IOException {
    return Yell.read(file);
  }

  @Override
  public void write(Path path, MapFile file, float missing) throws IOException {
    Yell.write(path, file);
  }
}
