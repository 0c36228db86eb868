package org.mdx.cli.view;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.mdx.markup.Html;

/**
 * Opens the browser of the desktop. The address goes through a page that only its owner can read:
 * other users of the machine see the arguments of processes, and the token must not be there.
 */
final class BrowserOpener implements AutoCloseable {
  private final Path page;

  private BrowserOpener(Path page) {
    this.page = page;
  }

  /** Opens an address; where there is no desktop nothing happens. */
  static BrowserOpener open(URI address) throws IOException {
    Path page = Files.createTempFile("mdx-view-", ".html");
    Html html =
        Html.page("en")
            .open("head")
            .empty("meta", "charset", "utf-8")
            .empty("meta", "http-equiv", "refresh", "content", "0; url=" + address)
            .close();
    Files.write(page, html.finish().getBytes(StandardCharsets.UTF_8));
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String program = system.contains("mac") ? "open" : "xdg-open";
    ProcessBuilder builder =
        system.contains("windows")
            ? new ProcessBuilder("rundll32", "url.dll,FileProtocolHandler", page.toString())
            : new ProcessBuilder(program, page.toUri().toString());
    try {
      builder
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      // no desktop: the address has been printed
    }
    return new BrowserOpener(page);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(page);
  }
}
