package org.mdx.io.lunus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.io.volume.MapFile;
import org.mdx.io.volume.MapFormat;

/** Lattices of Lunus, which have no cell of their own. */
public final class LunusFormat implements MapFormat {

  @Override
  public String name() {
    return "lat";
  }

  @Override
  public String title() {
    return "Lunus lattice";
  }

  @Override
  public List<String> extensions() {
    return List.of("lat");
  }

  @Override
  public boolean recognizes(Path file) throws IOException {
    return LunusLattice.recognizes(file);
  }

  @Override
  public MapFile read(Path file, CrystalSymmetry known) throws IOException {
    return LunusLattice.read(file, known.requireCell("a Lunus lattice"));
  }

  @Override
  public void write(Path path, MapFile file, float missing) throws IOException {
    LunusLattice.write(path, file);
  }
}
