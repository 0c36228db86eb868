package org.mdx.io.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mdx.io.volume.TableFile;
import org.mdx.io.volume.TableFormat;

/** Lines {@code h k l I sigma}. */
public final class HklTextFormat implements TableFormat {

  @Override
  public String name() {
    return "hkl";
  }

  @Override
  public String title() {
    return "h k l I sigma";
  }

  @Override
  public List<String> extensions() {
    return List.of("hkl", "txt");
  }

  @Override
  public boolean recognizes(Path file) throws IOException {
    return HklText.recognizes(file);
  }

  @Override
  public TableFile read(Path file) throws IOException {
    return HklText.read(file);
  }

  @Override
  public void write(Path path, TableFile file, String intensity) throws IOException {
    HklText.write(path, file, intensity, intensity + "_error");
  }
}
