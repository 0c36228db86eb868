package org.mdx.io.instrument;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.mdx.io.MdxFormatException;
import org.mdx.io.toml.TomlFile;

/** Reads profiles; whatever is wrong is reported with its line. */
final class ProfileReader {
  private final Path file;
  private final String text;
  private final Path folder;

  private ProfileReader(Path file, String text) {
    this.file = file;
    this.text = text;
    Path parent = file.getParent();
    this.folder = parent == null ? Path.of("") : parent;
  }

  static InstrumentProfile read(Path file) throws IOException {
    TomlFile toml = TomlFile.read(file, "TOML such as [detector] and below it gain = 1", "");
    return new ProfileReader(file, toml.text()).read(toml.root());
  }

  private InstrumentProfile read(JsonNode root) {
    InstrumentProfile profile = InstrumentProfile.empty();
    for (Map.Entry<String, JsonNode> table : root.properties()) {
      List<Setting<?>> here =
          Setting.all().stream().filter(s -> s.table().equals(table.getKey())).toList();
      if (here.isEmpty()) {
        throw unknown(table.getKey(), "", tables(), "one of the tables ");
      }
      if (!table.getValue().isObject()) {
        throw wrong(table.getKey(), "", "a table [" + table.getKey() + "]", table.getValue());
      }
      for (Map.Entry<String, JsonNode> e : table.getValue().properties()) {
        Setting<?> setting =
            here.stream()
                .filter(s -> s.name().equals(e.getKey()))
                .findFirst()
                .orElseThrow(
                    () ->
                        unknown(
                            table.getKey(),
                            e.getKey(),
                            here.stream().map(Setting::name).toList(),
                            "one of the keys of [" + table.getKey() + "]: "));
        profile = with(profile, setting, e.getValue());
      }
    }
    return profile;
  }

  private static List<String> tables() {
    return Setting.all().stream().map(Setting::table).distinct().toList();
  }

  private <T> InstrumentProfile with(InstrumentProfile profile, Setting<T> s, JsonNode node) {
    T value = s.kind().read(node, folder);
    if (value == null || !s.kind().allows(value)) {
      throw wrong(s.table(), s.name(), s.kind().rule, node);
    }
    Setting<?> other = s.alternative();
    if (other != null && profile.get(other).isPresent()) {
      throw new MdxFormatException(
          file,
          place(s.table(), s.name()),
          s.name() + " or " + other.name(),
          "both",
          "leave one of them out");
    }
    return profile.with(s, value);
  }

  private MdxFormatException wrong(String table, String key, String rule, JsonNode found) {
    String shown = found.toString();
    return new MdxFormatException(
        file,
        place(table, key),
        rule,
        shown.length() > 60 ? shown.substring(0, 60) + "…" : shown,
        "");
  }

  private MdxFormatException unknown(
      String table, String key, List<String> known, String expected) {
    String name = key.isEmpty() ? table : key;
    String nearest =
        known.stream().min(java.util.Comparator.comparingInt(k -> distance(name, k))).orElse(name);
    return new MdxFormatException(
        file,
        place(table, key),
        expected + String.join(", ", known),
        "'" + name + "'",
        "the nearest is '" + nearest + "'");
  }

  /** Line and name of a key, by the text: the parser does not keep where a value came from. */
  private String place(String table, String key) {
    String dotted = key.isEmpty() ? table : table + "." + key;
    String open = "";
    String[] lines = text.split("\\R", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].replaceAll("[\\s\"']", "");
      if (line.startsWith("[")) {
        open = line.replaceAll("[\\[\\]]|#.*", "");
        if (open.equals(dotted)) {
          return "line " + (i + 1) + ", " + dotted;
        }
        continue;
      }
      String name = line.replaceAll("=.*", "");
      if ((open.isEmpty() ? name : open + "." + name).equals(dotted)
          || open.isEmpty() && name.equals(table)) {
        return "line " + (i + 1) + ", " + dotted;
      }
    }
    return dotted;
  }

  /** Levenshtein's: how many letters to put in, take out or replace. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
