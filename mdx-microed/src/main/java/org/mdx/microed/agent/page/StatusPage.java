package org.mdx.microed.agent.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mdx.figures.Page;
import org.mdx.microed.agent.config.AgentConfig;

/**
 * A page that shows what an agent does. It is bound to the loopback address and only shows; it
 * needs nothing from elsewhere and no script. Requests under another host name are refused, as a
 * page somewhere in the net could otherwise have a browser here read it. A request that is not
 * whole after some seconds is dropped.
 */
public final class StatusPage implements Closeable {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();
  private static final Pattern HOST =
      Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1\\])(:\\d{1,5})?");
  private static final Pattern THUMBNAIL = Pattern.compile("/thumbnail/([0-9a-f]{24})\\.png");
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  /** Requests at a time; a thread waits for each until it is whole. */
  private static final int MOST_REQUESTS = 128;

  private static final long STACK = 1 << 18;

  /** The server reads them when its first page is opened. */
  private static final Map<String, String> LIMITS =
      Map.of(
          "sun.net.httpserver.maxReqTime", "5",
          "sun.net.httpserver.maxRspTime", "30",
          "sun.net.httpserver.idleInterval", "10",
          "sun.net.httpserver.maxIdleConnections", "32",
          "jdk.httpserver.maxConnections", "512");

  private final AgentConfig config;
  private final Supplier<AgentStatus> status;
  private final HttpServer server;
  private final ExecutorService threads;

  private StatusPage(AgentConfig config, Supplier<AgentStatus> status, HttpServer server) {
    this.config = config;
    this.status = status;
    this.server = server;
    this.threads =
        Executors.newFixedThreadPool(
            MOST_REQUESTS,
            r -> {
              Thread t = new Thread(null, r, "mdx-page", STACK);
              t.setDaemon(true);
              return t;
            });
  }

  /**
   * Opens the page.
   *
   * @throws IOException if the port is taken
   */
  public static StatusPage start(AgentConfig config, Supplier<AgentStatus> status)
      throws IOException {
    LIMITS.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
    InetAddress loopback = InetAddress.getLoopbackAddress();
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, config.page().port()), 0);
    StatusPage page = new StatusPage(config, status, server);
    server.createContext("/", page::handle);
    server.setExecutor(page.threads);
    server.start();
    return page;
  }

  public URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Headers headers = exchange.getResponseHeaders();
      headers.set("Content-Security-Policy", POLICY);
      headers.set("X-Content-Type-Options", "nosniff");
      headers.set("Referrer-Policy", "no-referrer");
      headers.set("Cross-Origin-Resource-Policy", "same-origin");
      headers.set("Cache-Control", "no-store");
      String host = exchange.getRequestHeaders().getFirst("Host");
      if (host == null || !HOST.matcher(host.toLowerCase(Locale.ROOT)).matches()) {
        send(exchange, 403, "text/plain", bytes("this page is for this machine alone\n"));
      } else if (!exchange.getRequestMethod().matches("GET|HEAD")) {
        headers.set("Allow", "GET, HEAD");
        send(exchange, 405, "text/plain", bytes("this page only shows\n"));
      } else {
        answer(exchange, exchange.getRequestURI().getPath());
      }
    } catch (RuntimeException e) {
      // the exchange is closed; the next request is a new one
    }
  }

  private void answer(HttpExchange exchange, String path) throws IOException {
    Matcher thumbnail = THUMBNAIL.matcher(path);
    if (path.equals("/")) {
      send(exchange, 200, "text/html; charset=utf-8", bytes(html()));
    } else if (path.equals("/status.json")) {
      send(exchange, 200, "application/json", MAPPER.writeValueAsBytes(status.get()));
    } else if (path.equals("/page.css")) {
      send(exchange, 200, "text/css; charset=utf-8", style());
    } else if (thumbnail.matches()) {
      Path file = config.state().resolve(Thumbnails.FOLDER).resolve(thumbnail.group(1) + ".png");
      if (Files.isRegularFile(file)) {
        send(exchange, 200, "image/png", Files.readAllBytes(file));
      } else {
        send(exchange, 404, "text/plain", bytes("no such picture\n"));
      }
    } else {
      send(exchange, 404, "text/plain", bytes("no such page\n"));
    }
  }

  private String html() {
    ResultsTable results = config.results().map(ResultsTable::read).orElse(ResultsTable.NONE);
    return new PageText(config).html(status.get(), results);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The look of reports, and what this page alone has. */
  private static byte[] style() throws IOException {
    try (InputStream in = StatusPage.class.getResourceAsStream("page.css")) {
      return bytes(Page.style() + new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static void send(HttpExchange exchange, int code, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(code, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
