package org.mdx.microed.agent.page;

import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mdx.markup.Html;
import org.mdx.microed.agent.config.AgentConfig;
import org.mdx.microed.agent.system.AgentLog;
import org.mdx.microed.agent.system.ByteCount;

/** The status as a page of HTML. Control characters in names are made visible. */
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
  private final Html out = Html.page("en");

  PageText(AgentConfig config) {
    this.config = config;
  }

  String html(AgentStatus s, ResultsTable results) {
    out.open("head")
        .empty("meta", "charset", "utf-8")
        .empty("meta", "http-equiv", "refresh", "content", Integer.toString(REFRESH))
        .empty("meta", "name", "viewport", "content", "width=device-width")
        .element("title", "mdx watch: " + shown(s.watched()))
        .empty("link", "rel", "stylesheet", "href", "/page.css")
        .close()
        .open("body")
        .line();
    header(s);
    tiles(s);
    out.open("div", "class", "pair");
    throughput(s);
    disks(s);
    out.close().line();
    thumbnails(s);
    movies("Under way and waiting", "queue", s.queue(), "nothing to do");
    if (!s.parked().isEmpty()) {
      movies("Parked, empty and vanished", "parked", s.parked(), "");
    }
    results(results);
    movies("Done last", "recent", s.recent(), "nothing yet");
    section("Log", "log");
    out.open("pre");
    s.log().forEach(l -> out.text(shown(l)).line());
    out.close().close().line();
    provenance(s);
    return out.close().finish();
  }

  private void header(AgentStatus s) {
    out.open("header").element("h1", "mdx watch").open("p").text(shown(s.watched()));
    if (s.away()) {
      out.text(" ").element("strong", "cannot be read", "class", "bad");
    }
    out.close()
        .element("p", shown(s.owner()) + "; as of " + time(s.time()), "class", "quiet")
        .close()
        .line();
  }

  private void tiles(AgentStatus s) {
    out.open("div", "class", "tiles");
    tile("writing", "being written", s.writing());
    for (String state : ORDER) {
      tile(state, WORDS.get(state), s.states().getOrDefault(state, 0));
    }
    out.close().line();
  }

  private void tile(String kind, String words, int n) {
    out.open("div", "class", "tile " + kind + (n == 0 ? " none" : ""))
        .element("b", Integer.toString(n))
        .element("span", words)
        .close();
  }

  private void throughput(AgentStatus s) {
    section("Throughput", "throughput");
    AgentStatus.Hour last = s.hours().get(s.hours().size() - 1);
    int day = s.hours().stream().mapToInt(AgentStatus.Hour::movies).sum();
    long bytes = s.hours().stream().mapToLong(AgentStatus.Hour::bytes).sum();
    out.open("p")
        .text("last hour: ")
        .element("b", Integer.toString(last.movies()))
        .text(" movies, " + ByteCount.text(last.bytes()) + "; last 24 hours: ")
        .element("b", Integer.toString(day))
        .text(" movies, " + ByteCount.text(bytes))
        .close();
    bars(s.hours());
    out.close();
  }

  private void bars(List<AgentStatus.Hour> hours) {
    int most = Math.max(1, hours.stream().mapToInt(AgentStatus.Hour::movies).max().orElse(1));
    int width = hours.size() * BAR;
    out.open(
        "svg",
        "viewBox",
        "0 0 " + width + " " + (HEIGHT + 16),
        "role",
        "img",
        "aria-label",
        "movies per hour");
    for (int i = 0; i < hours.size(); i++) {
      AgentStatus.Hour h = hours.get(i);
      int high = Math.max(1, (int) Math.round((double) HEIGHT * h.movies() / most));
      out.open(
              "rect",
              "x",
              Integer.toString(i * BAR),
              "y",
              Integer.toString(HEIGHT - high),
              "width",
              Integer.toString(BAR - 2),
              "height",
              Integer.toString(high))
          .element("title", clock(h.start()) + ": " + h.movies() + " movies")
          .close();
    }
    String below = Integer.toString(HEIGHT + 13);
    out.element("text", "24 h ago", "x", "0", "y", below)
        .element("text", "now", "class", "end", "x", Integer.toString(width), "y", below)
        .close();
  }

  private void disks(AgentStatus s) {
    section("Disks", "disks");
    out.open("table").open("tr").element("th", "for").element("th", "folder");
    out.element("th", "free", "class", "number").element("th", "").close();
    for (AgentStatus.Disk d : s.disks()) {
      boolean away = d.total() <= 0;
      boolean low = !away && d.usable() < config.minimumFree();
      out.open("tr")
          .element("td", shown(d.what()))
          .element("td", shown(d.path()), "class", "path")
          .element(
              "td",
              away ? "away" : ByteCount.text(d.usable()),
              "class",
              low || away ? "number bad" : "number")
          .open("td");
      if (!away) {
        double used = 1 - (double) d.usable() / d.total();
        out.element("progress", "", "max", "1", "value", String.format(Locale.ROOT, "%.3f", used));
      }
      out.close().close();
    }
    out.close().close();
  }

  private void thumbnails(AgentStatus s) {
    Html pictures = Html.part();
    int n = 0;
    for (List<AgentStatus.Row> rows : List.of(s.queue(), s.recent())) {
      for (AgentStatus.Row r : rows) {
        if (n < config.page().thumbnails()
            && Files.isRegularFile(Thumbnails.file(config.state(), r.id()))) {
          pictures
              .open("figure")
              .empty("img", "alt", "", "src", "/thumbnail/" + Thumbnails.key(r.id()) + ".png")
              .element("figcaption", shown(r.name()))
              .close();
          n++;
        }
      }
    }
    if (n > 0) {
      section("Last movies", "thumbnails");
      out.open("div", "class", "strip").add(pictures).close().close().line();
    }
  }

  private void movies(String title, String id, List<AgentStatus.Row> rows, String none) {
    section(title, id);
    if (rows.isEmpty()) {
      out.element("p", none, "class", "quiet").close().line();
      return;
    }
    out.open("table").open("tr").element("th", "movie").element("th", "folder");
    out.element("th", "size", "class", "number");
    List.of("state", "step", "since", "reason").forEach(h -> out.element("th", h));
    out.close();
    for (AgentStatus.Row r : rows) {
      String name = r.id().replaceFirst("//(\\d+)$", " (version $1)");
      out.open("tr")
          .element("td", shown(name), "class", "path movie")
          .element("td", shown(r.folder()))
          .element("td", ByteCount.text(r.bytes()), "class", "number")
          .open("td")
          .element("span", WORDS.getOrDefault(r.state(), r.state()), "class", "state " + r.state())
          .close()
          .element("td", shown(r.step()))
          .element("td", time(r.changed()), "class", "time")
          .element("td", shown(r.reason()), "class", "reason")
          .close()
          .line();
    }
    out.close().close().line();
  }

  private void results(ResultsTable results) {
    if (results.names().isEmpty() && results.note().isEmpty()) {
      return;
    }
    section("Results", "results");
    if (!results.note().isEmpty()) {
      out.element("p", shown(results.note()), "class", "quiet");
    }
    out.open("table").open("tr");
    boolean[] numbers = results.numbers();
    for (int c = 0; c < numbers.length; c++) {
      out.element("th", shown(results.names().get(c)), "class", numbers[c] ? "number" : null);
    }
    out.close().line();
    for (List<String> row : results.rows()) {
      out.open("tr");
      for (int c = 0; c < row.size(); c++) {
        boolean number = c < numbers.length && numbers[c];
        out.element("td", shown(row.get(c)), "class", number ? "number" : null);
      }
      out.close().line();
    }
    out.close().close().line();
  }

  private void provenance(AgentStatus s) {
    String version = PageText.class.getPackage().getImplementationVersion();
    section("Where this comes from", "provenance");
    out.open("table").open("tbody");
    fact("mdx", version == null ? "unpackaged" : version);
    fact("at work", shown(s.owner()));
    fact("watched", shown(s.watched()));
    fact("journal", shown(config.journal().toString()));
    fact("as numbers", "/status.json");
    out.close().close().close().line();
  }

  private void fact(String what, String value) {
    out.open("tr").element("td", what).element("td", value, "class", "path").close();
  }

  private void section(String title, String id) {
    out.open("section", "id", id).element("h2", title);
  }

  private static String shown(String text) {
    return AgentLog.visible(text);
  }

  private static String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis).atZone(ZoneId.systemDefault()));
  }

  private static String clock(long millis) {
    return CLOCK.format(Instant.ofEpochMilli(millis).atZone(ZoneId.systemDefault()));
  }
}
