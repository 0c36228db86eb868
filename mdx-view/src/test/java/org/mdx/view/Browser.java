package org.mdx.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/** A headless Chromium that is told what to do by its DevTools protocol. */
final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SECONDS = 30;

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> replies = new ConcurrentHashMap<>();
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private Browser(Process process, URI page) throws Exception {
    this.process = process;
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(page, new Listener())
            .get(SECONDS, TimeUnit.SECONDS);
  }

  /** Starts one with a profile of its own; skips the test without Chromium. */
  static Browser start(Path folder) throws Exception {
    Path program = program();
    Assumptions.assumeTrue(
        program != null, "skipped: no chromium; install it to test the pages of the viewer");
    Path profile = Files.createDirectories(folder.resolve("profile"));
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--window-size=1500,1250",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("chromium.log").toFile())
            .start();
    Path ports = profile.resolve("DevToolsActivePort");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!Files.exists(ports) || Files.readAllLines(ports).size() < 2) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroy();
        throw new IOException(
            "chromium did not start: " + Files.readString(folder.resolve("chromium.log")));
      }
      Thread.sleep(20);
    }
    String port = Files.readAllLines(ports).get(0);
    String list =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    JsonNode pages = JSON.readTree(list);
    Browser b = null;
    for (JsonNode p : pages) {
      if (p.get("type").asText().equals("page") && b == null) {
        b = new Browser(process, URI.create(p.get("webSocketDebuggerUrl").asText()));
      }
    }
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      b.call(domain + ".enable", Map.of());
    }
    return b;
  }

  private static Path program() {
    for (String folder : System.getenv("PATH").split(java.io.File.pathSeparator)) {
      for (String name : new String[] {"chromium", "chromium-browser", "google-chrome"}) {
        Path p = Path.of(folder, name);
        if (Files.isExecutable(p)) {
          return p;
        }
      }
    }
    return null;
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket s, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        String whole = text.toString();
        text.setLength(0);
        receive(whole);
      }
      s.request(1);
      return null;
    }
  }

  private void receive(String text) {
    try {
      JsonNode m = JSON.readTree(text);
      if (m.has("id")) {
        replies.remove(m.get("id").asInt()).complete(m);
        return;
      }
      JsonNode p = m.get("params");
      switch (m.get("method").asText()) {
        case "Runtime.consoleAPICalled" -> messages.add(p.get("args").toString());
        case "Runtime.exceptionThrown" -> messages.add(p.get("exceptionDetails").toString());
        case "Log.entryAdded" -> messages.add(p.get("entry").toString());
        case "Network.requestWillBeSent" -> requests.add(p.get("request").get("url").asText());
        default -> {}
      }
    } catch (IOException e) {
      messages.add(e.toString());
    }
  }

  JsonNode call(String method, Map<String, Object> parameters)
      throws InterruptedException, ExecutionException, TimeoutException {
    int id = calls.incrementAndGet();
    ObjectNode o = JSON.createObjectNode();
    o.put("id", id);
    o.put("method", method);
    o.set("params", JSON.valueToTree(parameters));
    CompletableFuture<JsonNode> reply = new CompletableFuture<>();
    replies.put(id, reply);
    socket.sendText(o.toString(), true).get(SECONDS, TimeUnit.SECONDS);
    JsonNode r = reply.get(SECONDS, TimeUnit.SECONDS);
    if (r.has("error")) {
      throw new IllegalStateException(method + ": " + r.get("error"));
    }
    return r.get("result");
  }

  /** Opens a page and waits until its title is "ready". */
  void open(String address) throws Exception {
    // another page first: a change behind # alone does not load anything
    call("Page.navigate", Map.of("url", "about:blank"));
    until("location.href === 'about:blank'");
    call("Page.navigate", Map.of("url", address));
    ready();
  }

  void ready() throws Exception {
    until("document.title === 'ready'");
  }

  /** Waits until an expression is true. */
  void until(String expression) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!evaluate("!!(" + expression + ")").asBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "never true: "
                + expression
                + "; page: "
                + evaluate("document.title + ' ' + document.body.innerText.substring(0, 500)")
                + messages);
      }
      Thread.sleep(15);
    }
  }

  /** The value of an expression; a promise is awaited. */
  JsonNode evaluate(String expression) throws Exception {
    JsonNode r =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (r.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + r.get("exceptionDetails"));
    }
    JsonNode value = r.get("result").get("value");
    return value == null ? JSON.nullNode() : value;
  }

  String text(String id) throws Exception {
    return evaluate("document.getElementById('" + id + "')?.textContent ?? ''").asText();
  }

  /** Moves the mouse to a place of an element. */
  void mouse(String type, String id, double x, double y, Map<String, Object> more)
      throws Exception {
    JsonNode box =
        evaluate(
            "(() => {const r = document.getElementById('"
                + id
                + "').getBoundingClientRect(); return [r.left, r.top];})()");
    Map<String, Object> p = new java.util.HashMap<>(more);
    p.put("type", type);
    p.put("x", box.get(0).asDouble() + x);
    p.put("y", box.get(1).asDouble() + y);
    call("Input.dispatchMouseEvent", p);
  }

  void click(String id, double x, double y) throws Exception {
    Map<String, Object> left = Map.of("button", "left", "buttons", 1, "clickCount", 1);
    mouse("mousePressed", id, x, y, left);
    mouse("mouseReleased", id, x, y, left);
  }

  void key(String name) throws Exception {
    call("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", name));
    call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", name));
  }

  /** Sets a field and tells its listeners. */
  void enter(String id, String value) throws Exception {
    evaluate(
        "(() => {const e = document.getElementById('"
            + id
            + "'); e.value = '"
            + value
            + "'; e.dispatchEvent(new Event('input')); e.dispatchEvent(new Event('change'));})()");
  }

  /** The colour 0xRRGGBB of a canvas at a place in its own pixels. */
  int pixel(String canvas, int x, int y) throws Exception {
    // through a canvas of its own: reading the page's would change how it is drawn
    JsonNode c =
        evaluate(
            "(() => {const g = new OffscreenCanvas(1, 1).getContext('2d');"
                + " g.drawImage(document.getElementById('"
                + canvas
                + "'), "
                + -x
                + ", "
                + -y
                + "); return [...g.getImageData(0, 0, 1, 1).data];})()");
    return c.get(0).asInt() << 16 | c.get(1).asInt() << 8 | c.get(2).asInt();
  }

  void screenshot(Path file) throws Exception {
    JsonNode r = call("Page.captureScreenshot", Map.of("format", "png"));
    Files.write(file, Base64.getDecoder().decode(r.get("data").asText()));
  }

  List<String> messages() {
    return new ArrayList<>(messages);
  }

  List<String> requests() {
    return new ArrayList<>(requests);
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
