package org.mdx.io.npy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.io.volume.MapFile;
import org.mdx.io.volume.MapFormat;

/** Arrays of NumPy. */
public final class NpyFormat implements MapFormat {

  @Override
  public String name() {
    return "npy";
  }

  @Override
  public String title() {
    return "NPY";
  }

  @Override
  public List<String> extensions() {
    return List.of("npy");
  }

  @Override
  public boolean recognizes(Path file) throws IOException {
    return Npy.recognizes(file);
  }

  @Override
  public MapFile read(Path file, CrystalSymmetry known) throws IOException {
    return Npy.read(file);
  }

  @Override
  public void write(Path path, MapFile file, float missing) throws IOException {
    Npy.write(path, file, missing);
  }
}
