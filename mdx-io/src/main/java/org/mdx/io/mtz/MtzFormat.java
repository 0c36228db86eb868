package org.mdx.io.mtz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mdx.io.volume.TableFile;
import org.mdx.io.volume.TableFormat;

/** CCP4's reflections. */
public final class MtzFormat implements TableFormat {

  @Override
  public String name() {
    return "mtz";
  }

  @Override
  public String title() {
    return "MTZ";
  }

  @Override
  public List<String> extensions() {
    return List.of("mtz");
  }

  @Override
  public boolean recognizes(Path file) throws IOException {
    return Mtz.recognizes(file);
  }

  @Override
  public TableFile read(Path file) throws IOException {
    return Mtz.read(file);
  }

  @Override
  public void write(Path path, TableFile file, String intensity) throws IOException {
    Mtz.write(path, file);
  }
}
