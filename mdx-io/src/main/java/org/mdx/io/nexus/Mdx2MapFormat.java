package org.mdx.io.nexus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.io.volume.MapFile;
import org.mdx.io.volume.MapFormat;

/** mdx2's {@code map.nxs}. */
public final class Mdx2MapFormat implements MapFormat {

  @Override
  public String name() {
    return "mdx2";
  }

  @Override
  public String title() {
    return "mdx2's NeXus";
  }

  @Override
  public List<String> extensions() {
    return List.of("nxs");
  }

  @Override
  public boolean recognizes(Path file) throws IOException {
    return Mdx2.recognizes(file);
  }

  @Override
  public MapFile read(Path file, CrystalSymmetry known) throws IOException {
    return new MapFile(Mdx2.readMap(file), Mdx2.readMapSymmetry(file));
  }

  @Override
  public void write(Path path, MapFile file, float missing) throws IOException {
    Mdx2.writeMap(path, file.map(), file.symmetry());
  }
}
