package org.mdx.view;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.mdx.view.internal.http.Gate;
import org.mdx.view.internal.http.PageFiles;
import org.mdx.view.internal.http.Refusal;
import org.mdx.view.internal.http.Reply;

/**
 * A viewer in the browser:
 *
 * <pre>{@code
 * try (Viewer viewer = Viewer.start(ViewContent.ofMaps(map), ViewerOptions.defaults())) {
 *   System.out.println(viewer.address());
 *   viewer.await();
 * }
 * }</pre>
 *
 * <p>It answers whoever knows the address that it gives, which holds a token, and nobody else.
 */
public final class Viewer implements AutoCloseable {
  private static final int THREADS = 2;
  private static final int BACKLOG = 32;

  /** Requests that may wait at a time; a page asks for a dozen tiles at once. */
  private static final int MOST_REQUESTS = 64;

  private static final int NOT_MODIFIED = 304;

  static {
    // the server sends headers and body apart; without this each reply waits for an acknowledgement
    property("sun.net.httpserver.nodelay", "true");
    property("jdk.httpserver.maxConnections", "64");
    property("sun.net.httpserver.maxIdleConnections", "16");
    property("sun.net.httpserver.maxReqHeaders", "64");
    // seconds that a client may take to send a request, and to take a reply
    property("sun.net.httpserver.maxReqTime", "10");
    property("sun.net.httpserver.maxRspTime", "120");
  }

  private static void property(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }

  private final HttpServer server;
  private final Gate gate;
  private final Routes routes;
  private final ViewerOptions options;
  private final ExecutorService threads;
  private final ExecutorService ahead;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger requests = new AtomicInteger();
  private volatile long lastRequest = System.nanoTime();

  private Viewer(ViewContent content, ViewerOptions options) throws IOException {
    this.options = options;
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByName(options.address()), options.port()),
            BACKLOG);
    int port = server.getAddress().getPort();
    String own = (options.address() + ":" + port).toLowerCase(Locale.ROOT);
    gate = new Gate(options.isLoopback() ? Set.of(own, "localhost:" + port) : Set.of(own));
    threads = Executors.newFixedThreadPool(THREADS, named("mdx view"));
    ahead =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(1),
            named("mdx view ahead"),
            new ThreadPoolExecutor.AbortPolicy());
    routes = new Routes(content, options.memory(), ahead);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  private static ThreadFactory named(String name) {
    return task -> {
      Thread t = new Thread(task, name);
      t.setDaemon(true);
      return t;
    };
  }

  /**
   * Starts a viewer; it runs until it is closed, or has been idle for as long as the options say.
   *
   * @param content what to show
   * @param options how
   * @return the running viewer
   * @throws IOException if the address or port cannot be used
   */
  public static Viewer start(ViewContent content, ViewerOptions options) throws IOException {
    Viewer viewer = new Viewer(content, options);
    viewer.server.start();
    return viewer;
  }

  /**
   * Where to look, with the token behind {@code #}, which browsers do not send.
   *
   * @return the address
   */
  public URI address() {
    return URI.create(
        "http://" + options.address() + ":" + server.getAddress().getPort() + "/#" + gate.token());
  }

  /**
   * Waits until the viewer is closed or has been idle for long enough, and closes it.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  public void await() throws InterruptedException {
    double idle = TimeUnit.MINUTES.toNanos(1) * options.idleMinutes();
    if (idle == 0) {
      closed.await();
      return;
    }
    while (true) {
      double left = idle - (System.nanoTime() - lastRequest);
      if (left <= 0 || closed.await((long) left + 1, TimeUnit.NANOSECONDS)) {
        close();
        return;
      }
    }
  }

  /**
   * Bytes of decoded frames that are kept now.
   *
   * @return at most what the options allow, or one picture
   */
  public long memoryHeld() {
    return routes.held();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    ahead.shutdownNow();
    closed.countDown();
  }

  private void handle(HttpExchange exchange) throws IOException {
    lastRequest = System.nanoTime();
    try (exchange) {
      gate.protect(exchange.getResponseHeaders());
      try {
        if (requests.incrementAndGet() > MOST_REQUESTS) {
          throw new Refusal(Refusal.BUSY, "too many requests at once");
        }
        respond(exchange);
      } catch (Refusal e) {
        refuse(exchange, e.status(), e.getMessage());
      } catch (IOException | RuntimeException e) {
        refuse(exchange, 500, String.valueOf(e.getMessage()));
      } finally {
        requests.decrementAndGet();
      }
    }
    lastRequest = System.nanoTime();
  }

  private void respond(HttpExchange exchange) throws IOException {
    gate.checkRequest(exchange);
    String path = exchange.getRequestURI().getRawPath();
    String query = exchange.getRequestURI().getRawQuery();
    if (path.equals("/")) {
      send(exchange, PageFiles.reply(PageFiles.INDEX));
    } else if (path.startsWith("/static/")) {
      send(exchange, PageFiles.reply(path.substring("/static/".length())));
    } else if (path.equals("/favicon.ico")) {
      exchange.sendResponseHeaders(204, -1);
    } else if (path.startsWith("/api/v1/")) {
      gate.checkToken(exchange);
      Routes.Answer answer = routes.answer(path.substring("/api/v1/".length()), query);
      exchange.getResponseHeaders().set("ETag", answer.tag());
      if (answer.tag().equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
        exchange.sendResponseHeaders(NOT_MODIFIED, -1);
      } else {
        send(exchange, answer.maker().make());
      }
    } else {
      throw new Refusal(Refusal.NOT_FOUND, "there is no such page");
    }
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", reply.type());
    for (Map.Entry<String, String> h : reply.headers().entrySet()) {
      exchange.getResponseHeaders().set(h.getKey(), h.getValue());
    }
    exchange.sendResponseHeaders(200, reply.body().length);
    exchange.getResponseBody().write(reply.body());
  }

  private static void refuse(HttpExchange exchange, int status, String message) throws IOException {
    if (exchange.getResponseCode() != -1) {
      return; // the reply had begun; the connection is closed
    }
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    byte[] body = message.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public String toString() {
    return "Viewer[" + options.address() + ":" + server.getAddress().getPort() + "]";
  }
}
