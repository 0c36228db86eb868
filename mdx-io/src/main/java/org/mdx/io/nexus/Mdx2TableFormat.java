package org.mdx.io.nexus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mdx.io.hdf5.Hdf5File;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.io.volume.TableFile;
import org.mdx.io.volume.TableFormat;

/** mdx2's {@code merged.nxs} and its like. */
public final class Mdx2TableFormat implements TableFormat {

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
    if (!Hdf5File.recognizes(file)) {
      return false;
    }
    try (Hdf5File in = Hdf5File.open(file)) {
      return in.hasGroup("/entry/hkl_table");
    }
  }

  @Override
  public TableFile read(Path file) throws IOException {
    return new TableFile(Mdx2.readTable(file), CrystalSymmetry.NONE);
  }

  @Override
  public void write(Path path, TableFile file, String intensity) throws IOException {
    Mdx2.writeTable(path, file.table());
  }
}
