package org.mdx.microed.agent.config;

import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rules for the names of products and work folders.
 *
 * @param blanks what replaces each blank, tab and line break
 * @param portable whether characters that some systems forbid in names become {@code _}
 * @param replacements applied afterwards, in order, to each part of the path
 * @param date finds day and minute in a source's name: two groups, of 8 and 4 digits
 */
public record NameRules(
    String blanks, boolean portable, List<Replacement> replacements, Pattern date) {

  /** Day and minute as Velox writes them, {@code 20230611 2324}. */
  public static final String DATE = "(?<!\\d)(20\\d{6})[ _T-]?([0-2]\\d[0-5]\\d)(?!\\d)";

  private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("yyyyMMdd_HHmm");
  private static final Pattern FORBIDDEN = Pattern.compile("[\\x00-\\x1f\\x7f<>:\"|?*\\\\]");

  public NameRules {
    replacements = List.copyOf(replacements);
    if (blanks.contains("/") || blanks.contains("\\")) {
      throw new IllegalArgumentException("blanks become '" + blanks + "', which parts folders");
    }
  }

  /**
   * A replacement in names.
   *
   * @param from a regular expression
   * @param to what replaces each match; {@code $1} is the first group
   */
  public record Replacement(Pattern from, String to) {}

  /**
   * Blanks become underscores, nothing else is replaced.
   *
   * @return the default
   */
  public static NameRules defaults() {
    return new NameRules("_", true, List.of(), Pattern.compile(DATE));
  }

  /**
   * The name of a source's product.
   *
   * @param source path of the source in its folder, parts separated by {@code /}
   * @param version 1 for the first content under this name; others get {@code _v2} and so on
   * @return path of the product in its folder, parts separated by {@code /}
   */
  public String product(String source, int version) {
    StringBuilder name = new StringBuilder();
    for (String part : source.split("/")) {
      name.append(name.isEmpty() ? "" : "/").append(part(part));
    }
    if (version > 1) {
      int dot = name.lastIndexOf(".");
      name.insert(dot > name.lastIndexOf("/") + 1 ? dot : name.length(), "_v" + version);
    }
    return name.toString();
  }

  private String part(String part) {
    String name = part.replaceAll("[\\s\\u00a0\\u3000]", Matcher.quoteReplacement(blanks));
    if (portable) {
      name = FORBIDDEN.matcher(name).replaceAll("_");
    }
    for (Replacement r : replacements) {
      name = r.from().matcher(name).replaceAll(r.to());
    }
    name = name.replace('/', '_');
    return name.isBlank() || name.matches("\\.+") ? "_" : name;
  }

  /**
   * The folder in which a crystal is worked on.
   *
   * @param source path of the source in its folder
   * @param modified when it was last written, milliseconds since 1970, for names without a date
   * @return such as {@code 20230611_2324}
   */
  public String folder(String source, long modified) {
    Matcher m = date.matcher(source.substring(source.lastIndexOf('/') + 1));
    return m.find()
        ? m.group(1) + "_" + m.group(2)
        : FOLDER.format(Instant.ofEpochMilli(modified).atZone(ZoneId.systemDefault()));
  }

  /** What two names have in common if a file system somewhere takes them for one. */
  public static String key(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
