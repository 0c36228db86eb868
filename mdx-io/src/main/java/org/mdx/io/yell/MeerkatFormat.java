package org.mdx.io.yell;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.io.volume.MapFile;
import org.mdx.io.volume.MapFormat;

/** HDF5 of meerkat; recognized and read as Yell's. */
public final class MeerkatFormat implements MapFormat {

  @Override
  public String name() {
    return "meerkat";
  }

  @Override
  public String title() {
    return "meerkat";
  }

  @Override
  public List<String> extensions() {
    return List.of("h5");
  }

  @Override
  public boolean recognizes(Path file) {
    return false;
  }

  @Override
  public MapFile read(Path file, CrystalSymmetry known) throws IOException {
    return Yell.read(file);
  }

  @Override
  public void write(Path path, MapFile file, float missing) throws IOException {
    Yell.writeMeerkat(path, file);
  }
}
