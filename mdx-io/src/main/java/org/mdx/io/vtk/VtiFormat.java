package org.mdx.io.vtk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.io.volume.MapFile;
import org.mdx.io.volume.MapFormat;

/** VTK image data in XML. */
public final class VtiFormat implements MapFormat {

  @Override
  public String name() {
    return "vti";
  }

  @Override
  public String title() {
    return "VTK ImageData";
  }

  @Override
  public List<String> extensions() {
    return List.of("vti");
  }

  @Override
  public boolean recognizes(Path file) throws IOException {
    return Vti.recognizes(file);
  }

  @Override
  public MapFile read(Path file, CrystalSymmetry known) throws IOException {
    return Vti.read(file);
  }

  @Override
  public void write(Path path, MapFile file, float missing) throws IOException {
    Vti.write(path, file, missing);
  }
}
