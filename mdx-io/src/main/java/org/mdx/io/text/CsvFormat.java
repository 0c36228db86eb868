package org.mdx.io.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mdx.io.volume.TableFile;
import org.mdx.io.volume.TableFormat;

/** Comma-separated values. */
public final class CsvFormat implements TableFormat {

  @Override
  public String name() {
    return "csv";
  }

  @Override
  public String title() {
    return "CSV";
  }

  @Override
  public List<String> extensions() {
    return List.of("csv");
  }

  @Override
  public boolean recognizes(Path file) throws IOException {
    return Csv.recognizes(file);
  }

  @Override
  public TableFile read(Path file) throws IOException {
    return Csv.read(file);
  }

  @Override
  public void write(Path path, TableFile file, String intensity) throws IOException {
    Csv.write(path, file.table());
  }
}
