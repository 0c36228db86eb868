package org.mdx.microed.agent.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.microed.agent.config.AgentConfig;
import org.mdx.microed.agent.config.ConfigReader;
import org.mdx.microed.agent.steps.StepTypes;

class StatusPageTest {
  private static final String EVIL = "<script>alert('1')</script>&\".emd";

  @TempDir private Path dir;

  private AgentConfig config;
  private StatusPage page;

  @BeforeEach
  void open() throws IOException {
    Path raw = Files.createDirectory(dir.resolve("raw"));
    Files.writeString(
        dir.resolve("watch.toml"),
        """
        [watch]
        raw = "raw"
        [page]
        port = 0
        results = "results.csv"
        """);
    Files.writeString(
        dir.resolve("results.csv"),
        "crystal,resolution,cell\n20230611_2324,0.85,\"5.0, 6.0 <b>\"\n20230611_2330,1.2,\n");
    config = ConfigReader.read(dir.resolve("watch.toml"), StepTypes.standard(List.of("mdx")));
    long now = System.currentTimeMillis();
    AgentStatus.Row row =
        new AgentStatus.Row(
            EVIL, EVIL, "20230611_2324", "parked", "compress", "<i>why</i>", 5, now, now);
    AgentStatus status =
        new AgentStatus(
            now,
            true,
            "the agent",
            raw.toString(),
            false,
            3,
            List.of(),
            Map.of("parked", 1, "done", 41),
            List.of(),
            List.of(row),
            List.of(),
            List.of(new AgentStatus.Hour(now - 3_600_000, 41, 1L << 32)),
            List.of(new AgentStatus.Disk("archive", "/data", 1L << 40, 1L << 42)),
            List.of("a <line>"));
    page = StatusPage.start(config, () -> status);
  }

  @AfterEach
  void close() {
    page.close();
  }

  /** A request as it goes over the wire, as clients do not let one set the host. */
  private String ask(String method, String path, String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.address().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          (method + " " + path + " HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String get(String path) throws IOException {
    return ask("GET", path, "Host: localhost:" + page.address().getPort() + "\r\n");
  }

  @Test
  void whatComesFromOutsideShouldNeverBeMarkup() throws IOException {
    String html = get("/");

    assertThat(html)
        .startsWith("HTTP/1.1 200")
        .contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;.emd")
        .contains("&lt;i&gt;why&lt;/i&gt;", "5.0, 6.0 &lt;b&gt;", "a &lt;line&gt;")
        .doesNotContain("<script", "<i>", "<b>5", "6.0 <b>");
  }

  @Test
  void policyShouldForbidScriptsAndEverythingFromElsewhere() throws IOException {
    String html = get("/");

    assertThat(html)
        .containsIgnoringCase("Content-Security-Policy: default-src 'none'; style-src 'self'")
        .containsIgnoringCase("X-Content-Type-Options: nosniff")
        .containsIgnoringCase("Cache-Control: no-store")
        .doesNotContain("http://", "https://", "unsafe-inline", " style=");
    assertThat(get("/page.css")).contains("text/css").doesNotContain("http", "@import", "url(");
  }

  @Test
  void otherHostNamesShouldBeRefused() throws IOException {
    int port = page.address().getPort();
    for (String host : List.of("localhost", "LOCALHOST:" + port, "127.0.0.1:" + port, "[::1]")) {
      assertThat(ask("GET", "/status.json", "Host: " + host + "\r\n")).startsWith("HTTP/1.1 200");
    }
    for (String host :
        List.of("evil.example", "localhost.evil.example", "127.0.0.1.nip.io:" + port, "10.0.0.7")) {
      assertThat(ask("GET", "/status.json", "Host: " + host + "\r\n"))
          .startsWith("HTTP/1.1 403")
          .doesNotContain("script", "parked");
    }
    assertThat(ask("GET", "/", "")).doesNotStartWith("HTTP/1.1 200");
  }

  @Test
  void itShouldOnlyShow() throws IOException {
    String host = "Host: localhost\r\n";
    for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "PATCH")) {
      assertThat(ask(method, "/", host + "Content-Length: 0\r\n")).startsWith("HTTP/1.1 405");
    }
    assertThat(ask("HEAD", "/", host)).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
  }

  @Test
  void onlyItsOwnFilesShouldBeGiven() throws IOException {
    Files.writeString(dir.resolve("secret.png"), "secret");
    Path thumbnails = Files.createDirectories(config.state().resolve(Thumbnails.FOLDER));
    Files.writeString(thumbnails.resolve("0123456789abcdef01234567.png"), "picture");

    assertThat(get("/thumbnail/0123456789abcdef01234567.png")).endsWith("picture");
    for (String path :
        List.of(
            "/thumbnail/../../secret.png",
            "/thumbnail/%2e%2e%2f%2e%2e%2fsecret.png",
            "/thumbnail/ffffffffffffffffffffffff.png",
            "/journal",
            "//secret.png")) {
      assertThat(get(path)).startsWith("HTTP/1.1 404");
    }
  }

  @Test
  void resultsShouldBeReadFromJsonToo() throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("r.json"),
            "{\"crystals\":[{\"path\":\"a\",\"d\":0.9},{\"path\":\"b\",\"cell\":[5,6]}]}");

    ResultsTable t = ResultsTable.read(file);

    assertThat(t.names()).containsExactly("path", "d", "cell");
    assertThat(t.rows()).containsExactly(List.of("a", "0.9", ""), List.of("b", "", "[5,6]"));
    assertThat(t.numbers()).containsExactly(false, true, false);
    Files.writeString(file, "{\"crystals\":");
    assertThat(ResultsTable.read(file).note()).contains("r.json");
    assertThat(ResultsTable.read(dir.resolve("none.csv"))).isEqualTo(ResultsTable.NONE);
  }

  @Test
  void statusShouldBeThereAsJson() throws IOException {
    String answer = get("/status.json");
    JsonNode json = new ObjectMapper().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));

    assertThat(json.at("/states/done").intValue()).isEqualTo(41);
    assertThat(json.at("/parked/0/id").textValue()).isEqualTo(EVIL);
    assertThat(json.at("/disks/0/usable").longValue()).isEqualTo(1L << 40);
  }

  @Test
  void onlyThisMachineShouldReachIt() throws IOException {
    List<InetAddress> others = new ArrayList<>();
    try (Stream<NetworkInterface> all = NetworkInterface.networkInterfaces()) {
      all.flatMap(NetworkInterface::inetAddresses)
          .filter(a -> !a.isLoopbackAddress() && !a.isLinkLocalAddress())
          .forEach(others::add);
    }
    Assumptions.assumeFalse(others.isEmpty(), "skipped: no other address");
    for (InetAddress a : others) {
      assertThat(isOpen(a)).as("%s", a).isFalse();
    }
    assertThat(isOpen(InetAddress.getLoopbackAddress())).isTrue();
  }

  private boolean isOpen(InetAddress address) {
    try (Socket socket = new Socket(address, page.address().getPort())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aBrowserShouldShowItWithoutComplaint() throws Exception {
    Path chromium = Path.of("/usr/bin/chromium");
    Assumptions.assumeTrue(Files.isExecutable(chromium), "skipped: no chromium");
    Path answer = dir.resolve("dom.html");
    Path complaints = dir.resolve("complaints");
    URI address = page.address();
    Process browser =
        new ProcessBuilder(
                chromium.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--enable-logging=stderr",
                "--user-data-dir=" + dir.resolve("profile"),
                "--dump-dom",
                address.toString())
            .redirectOutput(answer.toFile())
            .redirectError(complaints.toFile())
            .start();
    assertThat(browser.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(Files.readString(answer))
        .contains("<h1>mdx watch</h1>", "20230611_2324", "0.85", "41")
        .contains("&lt;script&gt;");
    assertThat(Files.readString(complaints))
        .doesNotContain("CONSOLE", "Content Security Policy", "Refused");
  }

  @Test
  void requestsThatNeverEndShouldNotSilenceIt() throws Exception {
    List<Socket> halfOpen = new ArrayList<>();
    try {
      for (int i = 0; i < 150; i++) {
        Socket s = new Socket(InetAddress.getLoopbackAddress(), page.address().getPort());
        halfOpen.add(s);
        s.getOutputStream().write("GET / HT".getBytes(StandardCharsets.US_ASCII));
        s.getOutputStream().flush();
      }
      String answer =
          CompletableFuture.supplyAsync(
                  () -> {
                    try {
                      return ask("GET", "/", "Host: localhost\r\n");
                    } catch (IOException e) {
                      return "no answer: " + e.getMessage();
                    }
                  })
              .get(20, TimeUnit.SECONDS);
      assertThat(answer).startsWith("HTTP/1.1 200");
      // and they are not kept
      halfOpen.get(0).setSoTimeout(20_000);
      assertThat(halfOpen.get(0).getInputStream().read()).isEqualTo(-1);
    } finally {
      for (Socket s : halfOpen) {
        s.close();
      }
    }
  }
}
