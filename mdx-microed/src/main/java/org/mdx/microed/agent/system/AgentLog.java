package org.mdx.microed.agent.system;

import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * A log of one line for each message, which is also shown elsewhere. When the file has grown to its
 * size it becomes {@code .1}, that {@code .2}, and so on. A log that cannot be written does not
 * stop the agent.
 */
public final class AgentLog implements Closeable {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final int KEPT = 5;
  private static final int RECENT = 30;

  private final Path file;
  private final long size;
  private final Consumer<String> console;
  private final Deque<String> recent = new ArrayDeque<>();
  private Writer out;
  private long length;

  public AgentLog(Path file, long size, Consumer<String> console) {
    this.file = file;
    this.size = size;
    this.console = console;
  }

  /** Writes a line; control characters of names in it are made visible. */
  public synchronized void say(String message) {
    String line = LocalDateTime.now().format(TIME) + " " + visible(message);
    console.accept(line);
    recent.addLast(line);
    if (recent.size() > RECENT) {
      recent.removeFirst();
    }
    try {
      if (out == null || length > size) {
        open();
      }
      out.write(line + "\n");
      out.flush();
      length += line.length() + 1;
    } catch (IOException e) {
      out = null;
    }
  }

  /** The last lines. */
  public synchronized List<String> recent() {
    return List.copyOf(recent);
  }

  /** A text on one line. */
  public static String visible(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c == '\n') {
                line.append("\\n");
              } else if (Character.isISOControl(c)) {
                line.append(String.format("\\u%04x", c));
              } else {
                line.appendCodePoint(c);
              }
            });
    return line.toString();
  }

  private void open() throws IOException {
    close();
    length = Files.exists(file) ? Files.size(file) : 0;
    if (length > size) {
      for (int i = KEPT - 1; i >= 0; i--) {
        Path older = i == 0 ? file : numbered(i);
        if (Files.exists(older)) {
          Files.move(older, numbered(i + 1), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      length = 0;
    }
    out = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private Path numbered(int i) {
    return file.resolveSibling(file.getFileName() + "." + i);
  }

  @Override
  public synchronized void close() throws IOException {
    if (out != null) {
      Writer old = out;
      out = null;
      old.close();
    }
  }
}
