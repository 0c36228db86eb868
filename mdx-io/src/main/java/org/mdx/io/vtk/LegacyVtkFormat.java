package org.mdx.io.vtk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.io.volume.MapFile;
import org.mdx.io.volume.MapFormat;

/** VTK as Lunus reads it; only written. */
public final class LegacyVtkFormat implements MapFormat {

  @Override
  public String name() {
    return "vtk";
  }

  @Override
  public String title() {
    return "legacy VTK for Lunus";
  }

  @Override
  public List<String> extensions() {
    return List.of("vtk");
  }

  @Override
  public boolean recognizes(Path file) {
    return false;
  }

  @Override
  public boolean isRead() {
    return false;
  }

  @Override
  public MapFile read(Path file, CrystalSymmetry known) {
    throw new IllegalArgumentException(file + ": legacy VTK is only written, not read");
  }

  @Override
  public void write(Path path, MapFile file, float missing) throws IOException {
    LegacyVtk.write(path, file);
  }
}
