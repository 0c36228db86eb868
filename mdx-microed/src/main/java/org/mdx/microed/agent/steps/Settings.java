package org.mdx.microed.agent.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.mdx.io.MdxFormatException;

/**
 * One table of a TOML file. Every entry has to be asked for: what nobody has asked for when {@link
 * #end} is called is taken for a spelling mistake.
 */
public final class Settings {
  private final Path file;
  private final String place;
  private final JsonNode node;
  private final Set<String> asked = new TreeSet<>();

  /**
   * Takes a table.
   *
   * @param file in which it stands, for messages
   * @param place of the table in the file, such as {@code watch}; empty for the whole file
   * @param node the table
   */
  public Settings(Path file, String place, JsonNode node) {
    this.file = file;
    this.place = place;
    this.node = node;
  }

  /**
   * A text.
   *
   * @param key name of the entry
   * @param otherwise what it is if there is no such entry
   * @return the value
   * @throws MdxFormatException if it is not a text
   */
  public String text(String key, String otherwise) {
    JsonNode value = get(key);
    if (value == null) {
      return otherwise;
    }
    if (!value.isTextual()) {
      throw wrong(key, "a text in quotes", value.toString());
    }
    return value.textValue();
  }

  /**
   * A text that must be there.
   *
   * @param key name of the entry
   * @return the value
   * @throws MdxFormatException if it is missing, empty or not a text
   */
  public String text(String key) {
    String value = text(key, "");
    if (value.isBlank()) {
      throw wrong(key, "a text in quotes", node.has(key) ? "an empty text" : "nothing");
    }
    return value;
  }

  /**
   * A path, relative to the folder of the file.
   *
   * @param key name of the entry
   * @return the absolute path
   * @throws MdxFormatException if it is missing or no path
   */
  public Path path(String key) {
    return resolve(key, text(key));
  }

  /**
   * A path, relative to the folder of the file.
   *
   * @param key name of the entry
   * @param otherwise path to take if there is no such entry
   * @return the absolute path
   * @throws MdxFormatException if it is no path
   */
  public Path path(String key, String otherwise) {
    return resolve(key, text(key, otherwise));
  }

  private Path resolve(String key, String value) {
    try {
      return file.toAbsolutePath().resolveSibling(value).normalize();
    } catch (InvalidPathException e) {
      throw wrong(key, "a path", value + " (" + e.getReason() + ")");
    }
  }

  /**
   * A number.
   *
   * @param key name of the entry
   * @param otherwise what it is if there is no such entry
   * @param least the smallest value allowed
   * @return the value
   * @throws MdxFormatException if it is not a number or too small
   */
  public double number(String key, double otherwise, double least) {
    JsonNode value = get(key);
    if (value == null) {
      return otherwise;
    }
    if (!value.isNumber() || !(value.doubleValue() >= least)) {
      throw wrong(key, "a number from " + plain(least), value.toString());
    }
    return value.doubleValue();
  }

  /**
   * A whole number.
   *
   * @param key name of the entry
   * @param otherwise what it is if there is no such entry
   * @param least the smallest value allowed
   * @return the value
   * @throws MdxFormatException if it is not a whole number or too small
   */
  public long count(String key, long otherwise, long least) {
    JsonNode value = get(key);
    if (value == null) {
      return otherwise;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < least) {
      throw wrong(key, "a whole number from " + least, value.toString());
    }
    return value.longValue();
  }

  /**
   * A whole number of 32 bits.
   *
   * @param key name of the entry
   * @param otherwise what it is if there is no such entry
   * @param least the smallest value allowed
   * @return the value
   * @throws MdxFormatException if it is not a whole number, too small or above 2³¹ − 1
   */
  public int integer(String key, int otherwise, int least) {
    long value = count(key, otherwise, least);
    if (value > Integer.MAX_VALUE) {
      throw wrong(
          key, "a whole number from " + least + " to " + Integer.MAX_VALUE, Long.toString(value));
    }
    return (int) value;
  }

  /**
   * A duration.
   *
   * @param key name of the entry, which says that it is in seconds
   * @param otherwise seconds if there is no such entry
   * @return milliseconds
   * @throws MdxFormatException if it is not a number of 0 or more
   */
  public long millis(String key, double otherwise) {
    return Math.round(1000 * number(key, otherwise, 0));
  }

  /**
   * Yes or no.
   *
   * @param key name of the entry
   * @param otherwise what it is if there is no such entry
   * @return the value
   * @throws MdxFormatException if it is neither true nor false
   */
  public boolean flag(String key, boolean otherwise) {
    JsonNode value = get(key);
    if (value == null) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw wrong(key, "true or false", value.toString());
    }
    return value.booleanValue();
  }

  /**
   * Some texts.
   *
   * @param key name of the entry
   * @param otherwise what they are if there is no such entry
   * @return the values
   * @throws MdxFormatException if it is not an array of texts
   */
  public List<String> texts(String key, List<String> otherwise) {
    JsonNode value = get(key);
    if (value == null) {
      return otherwise;
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array(key, value)) {
      if (!element.isTextual()) {
        throw wrong(key, "an array of texts in quotes", value.toString());
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  /**
   * A table in this one.
   *
   * @param key name of the entry
   * @return the table; an empty one if there is no such entry
   * @throws MdxFormatException if it is not a table
   */
  public Settings table(String key) {
    JsonNode value = get(key);
    if (value != null && !value.isObject()) {
      throw wrong(key, "a table", value.toString());
    }
    return new Settings(
        file, inner(key), value == null ? JsonNodeFactory.instance.objectNode() : value);
  }

  /**
   * Whether there is an entry.
   *
   * @param key name of the entry
   * @return true if it is there
   */
  public boolean has(String key) {
    return get(key) != null;
  }

  /**
   * An array of tables.
   *
   * @param key name of the entry
   * @return the tables; none if there is no such entry
   * @throws MdxFormatException if it is something else
   */
  public List<Settings> tables(String key) {
    JsonNode value = get(key);
    List<Settings> tables = new ArrayList<>();
    if (value != null) {
      for (JsonNode element : array(key, value)) {
        if (!element.isObject()) {
          throw wrong(key, "tables", element.toString());
        }
        tables.add(new Settings(file, inner(key) + "[" + tables.size() + "]", element));
      }
    }
    return tables;
  }

  /**
   * Checks that every entry has been asked for.
   *
   * @throws MdxFormatException if there are others
   */
  public void end() {
    for (Iterator<String> i = node.fieldNames(); i.hasNext(); ) {
      String key = i.next();
      if (!asked.contains(key)) {
        throw wrong(key, "one of the entries " + String.join(", ", asked), "an unknown entry");
      }
    }
  }

  /**
   * A complaint about an entry.
   *
   * @param key name of the entry
   * @param expected what should be there
   * @param found what is there
   * @return the exception to throw
   */
  public MdxFormatException wrong(String key, String expected, String found) {
    return new MdxFormatException(
        file, inner(key), expected, found, "'mdx watch --init' writes an example with comments");
  }

  private JsonNode get(String key) {
    asked.add(key);
    return node instanceof ObjectNode ? node.get(key) : null;
  }

  private JsonNode array(String key, JsonNode value) {
    if (!value.isArray()) {
      throw wrong(key, "an array", value.toString());
    }
    return value;
  }

  private String inner(String key) {
    return place.isEmpty() ? key : place + "." + key;
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
