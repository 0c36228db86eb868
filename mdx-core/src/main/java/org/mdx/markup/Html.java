package org.mdx.markup;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Builds HTML and SVG, element by element. Texts and values of attributes are escaped as they
 * enter, and there is no other way in, so no text becomes markup. Elements are closed in the order
 * in which they must be.
 *
 * <pre>{@code
 * String page =
 *     Html.page("en").open("p").text("a < b").close().finish(); // <p>a &lt; b</p>
 * }</pre>
 *
 * <p>Not for use by several threads at once.
 */
public final class Html {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*");

  /** Elements of HTML that have no end. */
  private static final Set<String> VOID =
      Set.of("br", "col", "hr", "img", "input", "link", "meta", "wbr");

  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  private Html() {}

  /**
   * Begins a page: its document type and the element {@code html}, which {@link #finish} closes.
   *
   * @param language code of the language of its texts, such as {@code en}
   * @return a builder
   */
  public static Html page(String language) {
    Html page = new Html();
    page.out.append("<!DOCTYPE html>\n");
    return page.open("html", "lang", language);
  }

  /**
   * Begins a part of a page, such as a picture in SVG.
   *
   * @return a builder that {@link #add} takes when all elements are closed
   */
  public static Html part() {
    return new Html();
  }

  /**
   * Opens an element.
   *
   * @param element its name
   * @param attributes names and values in turn; an attribute whose value is null is left out
   * @return this builder
   * @throws IllegalArgumentException if a name is none, or a value is missing
   */
  public Html open(String element, String... attributes) {
    start(element, attributes);
    if (VOID.contains(element)) {
      throw new IllegalArgumentException("<" + element + "> holds nothing; write it with empty()");
    }
    out.append('>');
    open.push(element);
    return this;
  }

  /**
   * Closes the element that was opened last.
   *
   * @return this builder
   * @throws IllegalStateException if none is open
   */
  public Html close() {
    if (open.isEmpty()) {
      throw new IllegalStateException("no element is open");
    }
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /**
   * Writes an element that holds nothing.
   *
   * @param element its name
   * @param attributes as for {@link #open}
   * @return this builder
   * @throws IllegalArgumentException as for {@link #open}
   */
  public Html empty(String element, String... attributes) {
    start(element, attributes);
    out.append(VOID.contains(element) ? ">" : "/>");
    return this;
  }

  /**
   * Writes an element that holds a text.
   *
   * @param element its name
   * @param text any text
   * @param attributes as for {@link #open}
   * @return this builder
   * @throws IllegalArgumentException as for {@link #open}
   */
  public Html element(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close();
  }

  /**
   * Writes a text.
   *
   * @param text any text; characters that mean something in HTML are escaped
   * @return this builder
   */
  public Html text(String text) {
    escape(text);
    return this;
  }

  /**
   * Writes a number.
   *
   * @param number shown in decimal digits
   * @return this builder
   */
  public Html text(long number) {
    out.append(number);
    return this;
  }

  /**
   * Breaks the line of the source, which a browser shows as a blank.
   *
   * @return this builder
   */
  public Html line() {
    out.append('\n');
    return this;
  }

  /**
   * Writes the program's own style sheet or script, which HTML does not escape.
   *
   * @param element {@code style} or {@code script}
   * @param code its content, a constant of the program
   * @return this builder
   * @throws IllegalArgumentException if it is another element, or the content would end it
   */
  public Html code(String element, String code) {
    if (!element.equals("style") && !element.equals("script")) {
      throw new IllegalArgumentException("<" + element + "> is neither style nor script");
    }
    if (code.contains("</") || code.contains("<!--")) {
      throw new IllegalArgumentException("the content of <" + element + "> would end it");
    }
    start(element);
    out.append(">\n").append(code).append("</").append(element).append(">\n");
    return this;
  }

  /**
   * Writes data for the page's scripts, which nothing executes. Each {@code <} in it becomes {@code
   * \\u003c}, the same to JSON, so that no text can end the element.
   *
   * @param id name by which scripts find it
   * @param json a JSON text
   * @return this builder
   */
  public Html json(String id, String json) {
    start("script", "type", "application/json", "id", id);
    out.append('>').append(json.replace("<", "\\u003c")).append("</script>\n");
    return this;
  }

  /**
   * Writes a part.
   *
   * @param part all of whose elements are closed
   * @return this builder
   * @throws IllegalStateException if an element of the part is open
   */
  public Html add(Html part) {
    part.requireClosed();
    out.append(part.out);
    return this;
  }

  /**
   * Whether nothing has been written.
   *
   * @return true if it is empty
   */
  public boolean isEmpty() {
    return out.length() == 0;
  }

  /**
   * Closes the page.
   *
   * @return the whole text
   * @throws IllegalStateException if another element than {@code html} is open
   */
  public String finish() {
    if (open.size() == 1 && open.peek().equals("html")) {
      close().line();
    }
    requireClosed();
    return out.toString();
  }

  private void requireClosed() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("<" + open.peek() + "> is not closed");
    }
  }

  private void start(String element, String... attributes) {
    requireName(element);
    if (attributes.length % 2 != 0) {
      throw new IllegalArgumentException(
          "<"
              + element
              + ">: "
              + attributes.length
              + " names and values of attributes; give pairs");
    }
    out.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      requireName(attributes[i]);
      if (attributes[i + 1] != null) {
        out.append(' ').append(attributes[i]).append("=\"");
        escape(attributes[i + 1]);
        out.append('"');
      }
    }
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'" + name + "' is no name of an element or attribute: letters, digits and hyphens");
    }
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
  }

  @Override
  public String toString() {
    return "HTML of " + out.length() + " characters" + (open.isEmpty() ? "" : ", in " + open);
  }
}
