package org.mdx.io.ccp4;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.io.volume.MapFile;
import org.mdx.io.volume.MapFormat;

/** CCP4 and MRC maps. */
public final class Ccp4Format implements MapFormat {

  @Override
  public String name() {
    return "ccp4";
  }

  @Override
  public String title() {
    return "CCP4/MRC";
  }

  @Override
  public List<String> extensions() {
    return List.of("ccp4", "map", "mrc");
  }

  @Override
  public boolean recognizes(Path file) throws IOException {
    return Ccp4.recognizes(file);
  }

  @Override
  public MapFile read(Path file, CrystalSymmetry known) throws IOException {
    return Ccp4.read(file);
  }

  @Override
  public void write(Path path, MapFile file, float missing) throws IOException {
    Ccp4.write(path, file, missing);
  }
}
