package org.mdx.io.dials;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mdx.io.MdxFormatException;

/**
 * Reads the few kinds of value that a pickle of masks or reflections holds (Python pickle protocols
 * 0 to 5). No code is run: a call of a class is kept as a {@link Call} for the reader of the file
 * to judge. Values are {@code Long}, {@code Boolean}, {@code String}, {@code byte[]}, {@code List}
 * for tuples and lists, {@code Map} for dictionaries with texts or integers for keys, {@link
 * Global} and {@link Call}; {@code null} for None.
 */
final class PickleReader {
  private static final Object MARK = new Object();

  /** A class or function by name. */
  record Global(String module, String name) {}

  /** A function or class called with arguments, and the state given to the result. */
  static final class Call {
    final Global function;
    final List<?> arguments;
    Object state;

    Call(Global function, List<?> arguments) {
      this.function = function;
      this.arguments = arguments;
    }
  }

  /**
   * Text that may be turned into bytes, as a multiple of the file: a little more than all of it.
   */
  private static final int ENCODED = 2;

  private final Path file;
  private final byte[] bytes;
  private final String cure;
  private final Deque<Object> stack = new ArrayDeque<>();
  private final Map<Integer, Object> memo = new HashMap<>();
  private static final Object NONE = new Object();
  private long encoded;
  private int at;

  /** A reader of the bytes of a file; the cure is for messages. */
  PickleReader(Path file, byte[] bytes, String cure) {
    this.file = file;
    this.bytes = bytes;
    this.cure = cure;
  }

  Object read() {
    while (true) {
      int op = number(1);
      switch (op) {
        case 0x80 -> number(1); // PROTO
        case 0x95 -> skip(8); // FRAME
        case 'N' -> stack.push(NONE);
        case 0x88 -> stack.push(true);
        case 0x89 -> stack.push(false);
        case 'I' -> stack.push(integerOrTruth(line()));
        case 'K' -> stack.push((long) number(1));
        case 'M' -> stack.push((long) number(2));
        case 'J' -> stack.push((long) number(4));
        case 0x8a -> stack.push(longOf(take(number(1)))); // LONG1
        case 'C', 'U' -> stack.push(take(number(1)));
        case 'B', 'T' -> stack.push(take(number(4)));
        case 0x8e -> stack.push(take(length8()));
        case 0x8c -> stack.push(utf8(take(number(1))));
        case 'X' -> stack.push(utf8(take(number(4))));
        case 0x8d -> stack.push(utf8(take(length8())));
        case 'S' -> stack.push(quoted(line()));
        case 'V' -> stack.push(unescaped(line()));
        case ')', ']' -> stack.push(new ArrayList<>());
        case 'a' -> append(List.of(pop()));
        case 'e' -> append(sinceMark());
        case 0x85 -> tuple(1);
        case 0x86 -> tuple(2);
        case 0x87 -> tuple(3);
        case '(' -> stack.push(MARK);
        case 't', 'l' -> stack.push(sinceMark());
        case '}' -> stack.push(new LinkedHashMap<>());
        case 's' -> setItem();
        case 'u' -> setItems(sinceMark());
        case 'c' -> stack.push(new Global(line(), line()));
        case 0x93 -> globalFromStack();
        case 'R' -> call();
        case 'b' -> build();
        case 0x94 -> memo.put(memo.size(), top());
        case 'p' -> memo.put((int) integer(line()), top());
        case 'g' -> stack.push(remembered((int) integer(line())));
        case 'q' -> memo.put(number(1), top());
        case 'r' -> memo.put(number(4), top());
        case 'h' -> stack.push(remembered(number(1)));
        case 'j' -> stack.push(remembered(number(4)));
        case '.' -> {
          Object result = pop();
          return result == NONE ? null : result;
        }
        default ->
            throw failure("an instruction of a pickle of DIALS", String.format("0x%02x", op));
      }
    }
  }

  MdxFormatException failure(String expected, String found) {
    return new MdxFormatException(file, "byte " + at, expected, found, cure);
  }

  private void skip(int n) {
    if (n < 0 || n > bytes.length - at) {
      throw failure(n + " bytes more", "the end after " + (bytes.length - at));
    }
    at += n;
  }

  private byte[] take(int n) {
    int from = at;
    skip(n);
    return java.util.Arrays.copyOfRange(bytes, from, at);
  }

  /** A little-endian number, unsigned up to two bytes and signed with four. */
  private int number(int size) {
    int from = at;
    skip(size);
    int v = 0;
    for (int i = size - 1; i >= 0; i--) {
      v = v << 8 | bytes[from + i] & 0xff;
    }
    return v;
  }

  private int length8() {
    int low = number(4);
    int high = number(4);
    if (high != 0 || low < 0) {
      throw failure("a length within the file", high + " · 2³² + " + low);
    }
    return low;
  }

  private long longOf(byte[] b) {
    if (b.length > 8) {
      throw failure("an integer of at most 8 bytes", b.length + " bytes");
    }
    long v = b.length > 0 && b[b.length - 1] < 0 ? -1 : 0;
    for (int i = b.length - 1; i >= 0; i--) {
      v = v << 8 | b[i] & 0xff;
    }
    return v;
  }

  private static String utf8(byte[] b) {
    return new String(b, StandardCharsets.UTF_8);
  }

  private String line() {
    int from = at;
    while (at < bytes.length && bytes[at] != '\n') {
      at++;
    }
    String text = new String(bytes, from, at - from, StandardCharsets.ISO_8859_1);
    skip(1);
    return text;
  }

  private long integer(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw failure("an integer", "'" + abbreviated(digits) + "'");
    }
  }

  /** Truth values are numbers of two digits in the older protocols. */
  private Object integerOrTruth(String digits) {
    return switch (digits) {
      case "00" -> false;
      case "01" -> true;
      default -> integer(digits);
    };
  }

  private static String abbreviated(String text) {
    return text.length() > 20 ? text.substring(0, 20) + "…" : text;
  }

  /** Text in which {@code \\uXXXX} stands for a character. */
  private String unescaped(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (text.startsWith("\\u", i)) {
        out.append((char) hexadecimal(text, i + 2, 4));
        i += 5;
      } else {
        out.append(text.charAt(i));
      }
    }
    return out.toString();
  }

  /** Bytes as Python 2 shows a string: in quotes, with escapes. */
  private byte[] quoted(String text) {
    int end = text.length() - 1;
    if (end < 1 || text.charAt(0) != text.charAt(end) || "'\"".indexOf(text.charAt(0)) < 0) {
      throw failure("a text in quotes", abbreviated(text));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(end);
    for (int i = 1; i < end; i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        out.write(c);
        continue;
      }
      i++;
      int known = "nrt".indexOf(text.charAt(i));
      if (text.charAt(i) == 'x') {
        out.write(hexadecimal(text, i + 1, 2));
        i += 2;
      } else {
        out.write(known >= 0 ? "\n\r\t".charAt(known) : text.charAt(i));
      }
    }
    return out.toByteArray();
  }

  private int hexadecimal(String text, int from, int digits) {
    try {
      return Integer.parseInt(text, from, from + digits, 16);
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw failure(digits + " hexadecimal digits", abbreviated(text.substring(from - 2)));
    }
  }

  private Object top() {
    if (stack.isEmpty() || stack.peek() == MARK) {
      throw failure("a value", "none");
    }
    return stack.peek();
  }

  private Object pop() {
    Object o = top();
    stack.pop();
    return o;
  }

  private Object remembered(int index) {
    Object o = memo.get(index);
    if (o == null) {
      throw failure("a value stored before under " + index, "none");
    }
    return o;
  }

  private void tuple(int n) {
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      items.add(pop());
    }
    Collections.reverse(items);
    stack.push(items);
  }

  private List<Object> sinceMark() {
    List<Object> items = new ArrayList<>();
    while (!stack.isEmpty() && stack.peek() != MARK) {
      items.add(stack.pop());
    }
    if (stack.isEmpty()) {
      throw failure("a mark", "none");
    }
    stack.pop();
    Collections.reverse(items);
    return items;
  }

  @SuppressWarnings("unchecked")
  private void append(List<Object> items) {
    if (!(top() instanceof List)) {
      throw failure("a list to add to", "another value");
    }
    ((List<Object>) top()).addAll(items);
  }

  private void globalFromStack() {
    if (pop() instanceof String name && pop() instanceof String module) {
      stack.push(new Global(module, name));
    } else {
      throw failure("the name of a class", "another value");
    }
  }

  private void call() {
    if (pop() instanceof List<?> arguments && pop() instanceof Global function) {
      boolean encode =
          function.equals(new Global("_codecs", "encode"))
              && arguments.size() == 2
              && arguments.get(0) instanceof String
              && "latin1".equals(arguments.get(1));
      stack.push(encode ? encode((String) arguments.get(0)) : new Call(function, arguments));
    } else {
      throw failure("a class and its arguments", "another value");
    }
  }

  private byte[] encode(String text) {
    encoded += text.length();
    if (encoded > (long) ENCODED * bytes.length) {
      throw failure("as many bytes as the file has", encoded + " bytes by repetition");
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private void setItem() {
    Object value = pop();
    setItems(List.of(pop(), value));
  }

  @SuppressWarnings("unchecked")
  private void setItems(List<Object> items) {
    if (!(top() instanceof Map) || items.size() % 2 != 0) {
      throw failure("a dictionary and its keys and values", "another value");
    }
    Map<Object, Object> map = (Map<Object, Object>) top();
    for (int i = 0; i < items.size(); i += 2) {
      Object key = items.get(i) instanceof byte[] b ? utf8(b) : items.get(i);
      if (!(key instanceof String || key instanceof Long)) {
        throw failure("a text or an integer for a key", "another value");
      }
      map.put(key, items.get(i + 1));
    }
  }

  private void build() {
    Object state = pop();
    if (top() instanceof Call call) {
      call.state = state;
    } else {
      throw failure("an object to give a state", "another value");
    }
  }
}
