package org.mdx.microed.agent.page;

import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mdx.microed.agent.config.AgentConfig;
import org.mdx.microed.agent.system.AgentLog;
import org.mdx.microed.agent.system.ByteCount;

/** The page as HTML. Every text that comes from outside goes through {@link #escape}. */
final class PageText {
  private static final int REFRESH = 5;
  private static final int BAR = 14;
  private static final int HEIGHT = 70;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss");
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
  private static final Map<String, String> WORDS =
      Map.of(
          "queued", "in the queue",
          "running", "under way",
          "waiting", "waiting",
          "parked", "parked",
          "empty", "empty",
          "gone", "vanished",
          "done", "done");
  private static final List<String> ORDER =
      List.of("running", "queued", "waiting", "done", "parked", "empty", "gone");

  private final AgentConfig config;
  private final StringBuilder out = new StringBuilder();

  PageText(AgentConfig config) {
    this.config = config;
  }

  String html(AgentStatus s, ResultsTable results) {
    out.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta http-equiv=\"refresh\" content=\"" + REFRESH + "\">")
        .append("<meta name=\"viewport\" content=\"width=device-width\">")
        .append("<title>mdx watch: " + escape(s.watched()) + "</title>")
        .append("<link rel=\"stylesheet\" href=\"/page.css\"></head><body>\n");
    header(s);
    tiles(s);
    out.append("<div class=\"pair\">");
    throughput(s);
    disks(s);
    out.append("</div>\n");
    thumbnails(s);
    movies("Under way and waiting", "queue", s.queue(), "nothing to do");
    if (!s.parked().isEmpty()) {
      movies("Parked, empty and vanished", "parked", s.parked(), "");
    }
    results(results);
    movies("Done last", "recent", s.recent(), "nothing yet");
    section("Log", "log");
    out.append("<pre>");
    s.log().forEach(l -> out.append(escape(l)).append('\n'));
    out.append("</pre></section>\n</body></html>\n");
    return out.toString();
  }

  private void header(AgentStatus s) {
    out.append("<header><h1>mdx watch</h1><p>")
        .append(escape(s.watched()))
        .append(s.away() ? " <strong class=\"bad\">cannot be read</strong>" : "")
        .append("</p><p class=\"quiet\">")
        .append(escape(s.owner()))
        .append("; as of ")
        .append(time(s.time()))
        .append("</p></header>\n");
  }

  private void tiles(AgentStatus s) {
    out.append("<div class=\"tiles\">");
    tile("writing", "being written", s.writing());
    for (String state : ORDER) {
      tile(state, WORDS.get(state), s.states().getOrDefault(state, 0));
    }
    out.append("</div>\n");
  }

  private void tile(String kind, String words, int n) {
    out.append("<div class=\"tile ")
        .append(kind)
        .append(n == 0 ? " none" : "")
        .append("\"><b>")
        .append(n)
        .append("</b><span>")
        .append(words)
        .append("</span></div>");
  }

  private void throughput(AgentStatus s) {
    section("Throughput", "throughput");
    AgentStatus.Hour last = s.hours().get(s.hours().size() - 1);
    int day = s.hours().stream().mapToInt(AgentStatus.Hour::movies).sum();
    long bytes = s.hours().stream().mapToLong(AgentStatus.Hour::bytes).sum();
    int most = Math.max(1, s.hours().stream().mapToInt(AgentStatus.Hour::movies).max().orElse(1));
    out.append("<p>last hour: <b>")
        .append(last.movies())
        .append("</b> movies, ")
        .append(ByteCount.text(last.bytes()))
        .append("; last 24 hours: <b>")
        .append(day)
        .append("</b> movies, ")
        .append(ByteCount.text(bytes))
        .append("</p>");
    int width = s.hours().size() * BAR;
    out.append(
        String.format(
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"movies per hour\">",
            width, HEIGHT + 16));
    for (int i = 0; i < s.hours().size(); i++) {
      AgentStatus.Hour h = s.hours().get(i);
      int high = Math.max(1, (int) Math.round((double) HEIGHT * h.movies() / most));
      out.append(
          String.format(
              "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"><title>%s: %d movies</title>"
                  + "</rect>",
              i * BAR, HEIGHT - high, BAR - 2, high, clock(h.start()), h.movies()));
    }
    out.append("<text x=\"0\" y=\"" + (HEIGHT + 13) + "\">")
        .append(
            "24 h ago</text><text class=\"end\" x=\"" + width + "\" y=\"" + (HEIGHT + 13) + "\">")
        .append("now</text></svg></section>");
  }

  private void disks(AgentStatus s) {
    section("Disks", "disks");
    out.append(
        "<table><tr><th>for</th><th>folder</th><th class=\"number\">free</th><th></th></tr>");
    for (AgentStatus.Disk d : s.disks()) {
      boolean away = d.total() <= 0;
      boolean low = !away && d.usable() < config.minimumFree();
      out.append("<tr><td>")
          .append(escape(d.what()))
          .append("</td><td class=\"path\">")
          .append(escape(d.path()))
          .append(low || away ? "</td><td class=\"number bad\">" : "</td><td class=\"number\">")
          .append(away ? "away" : ByteCount.text(d.usable()))
          .append("</td><td>");
      if (!away) {
        out.append("<progress max=\"1\" value=\"")
            .append(String.format(Locale.ROOT, "%.3f", 1 - (double) d.usable() / d.total()))
            .append("\"></progress>");
      }
      out.append("</td></tr>");
    }
    out.append("</table></section>");
  }

  private void thumbnails(AgentStatus s) {
    StringBuilder pictures = new StringBuilder();
    int n = 0;
    for (List<AgentStatus.Row> rows : List.of(s.queue(), s.recent())) {
      for (AgentStatus.Row r : rows) {
        if (n < config.page().thumbnails()
            && Files.isRegularFile(Thumbnails.file(config.state(), r.id()))) {
          pictures.append(
              "<figure><img alt=\"\" src=\"/thumbnail/"
                  + Thumbnails.key(r.id())
                  + ".png\"><figcaption>"
                  + escape(r.name())
                  + "</figcaption></figure>");
          n++;
        }
      }
    }
    if (n > 0) {
      section("Last movies", "thumbnails");
      out.append("<div class=\"strip\">").append(pictures).append("</div></section>\n");
    }
  }

  private void movies(String title, String id, List<AgentStatus.Row> rows, String none) {
    section(title, id);
    if (rows.isEmpty()) {
      out.append("<p class=\"quiet\">").append(none).append("</p></section>\n");
      return;
    }
    out.append(
        "<table><tr><th>movie</th><th>folder</th><th class=\"number\">size</th><th>state</th>"
            + "<th>step</th><th>since</th><th>reason</th></tr>");
    for (AgentStatus.Row r : rows) {
      out.append("<tr><td class=\"path movie\">")
          .append(escape(r.id().replaceFirst("//(\\d+)$", " (version $1)")))
          .append("</td><td>")
          .append(escape(r.folder()))
          .append("</td><td class=\"number\">")
          .append(ByteCount.text(r.bytes()))
          .append("</td><td><span class=\"state " + r.state() + "\">")
          .append(WORDS.get(r.state()))
          .append("</span></td><td>")
          .append(escape(r.step()))
          .append("</td><td class=\"time\">")
          .append(time(r.changed()))
          .append("</td><td class=\"reason\">")
          .append(escape(r.reason()))
          .append("</td></tr>\n");
    }
    out.append("</table></section>\n");
  }

  private void results(ResultsTable results) {
    if (results.names().isEmpty() && results.note().isEmpty()) {
      return;
    }
    section("Results", "results");
    if (!results.note().isEmpty()) {
      out.append("<p class=\"quiet\">").append(escape(results.note())).append("</p>");
    }
    out.append("<table><tr>");
    boolean[] numbers = results.numbers();
    for (int c = 0; c < numbers.length; c++) {
      out.append(numbers[c] ? "<th class=\"number\">" : "<th>")
          .append(escape(results.names().get(c)))
          .append("</th>");
    }
    out.append("</tr>\n");
    for (List<String> row : results.rows()) {
      out.append("<tr>");
      for (int c = 0; c < row.size(); c++) {
        boolean number = c < numbers.length && numbers[c];
        out.append(number ? "<td class=\"number\">" : "<td>")
            .append(escape(row.get(c)))
            .append("</td>");
      }
      out.append("</tr>\n");
    }
    out.append("</table></section>\n");
  }

  private void section(String title, String id) {
    out.append("<section id=\"").append(id).append("\"><h2>").append(title).append("</h2>");
  }

  private static String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis).atZone(ZoneId.systemDefault()));
  }

  private static String clock(long millis) {
    return CLOCK.format(Instant.ofEpochMilli(millis).atZone(ZoneId.systemDefault()));
  }

  /** A text in which nothing is markup and no character is invisible. */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    AgentLog.visible(text)
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(c);
              }
            });
    return safe.toString();
  }
}
