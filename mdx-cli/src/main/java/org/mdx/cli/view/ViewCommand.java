package org.mdx.cli.view;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.Interruption;
import org.mdx.io.output.AtomicFile;
import org.mdx.view.OfflinePage;
import org.mdx.view.ViewContent;
import org.mdx.view.Viewer;
import org.mdx.view.ViewerOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows maps, frames and scaling models in the browser. */
@Command(
    name = "view",
    description = "Show maps, frames and scaling models in the browser.",
    mixinStandardHelpOptions = true)
public final class ViewCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "Merged tables and maps of any format that mdx reads, images, .expt files, a .refl for"
              + " them, mask.nxs, scales.nxs and the corrected.nxs it was refined with, or a folder"
              + " of results.")
  private List<Path> files;

  @Option(
      names = "--geometry",
      paramLabel = "FILE",
      description = "An .expt or geometry.nxs with the crystal, for tables that do not tell it.")
  private Path geometry;

  @Option(names = "--no-open", description = "Print the address and do not open the browser.")
  private boolean noOpen;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port to listen at; 0 (default) for a free one.")
  private int port;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description =
          "Address to listen at, in place of 127.0.0.1; others on the network can then reach the"
              + " viewer, and read what is sent, unencrypted. Needs --i-know.")
  private String bind;

  @Option(names = "--i-know", description = "That --bind opens the viewer to the network.")
  private boolean known;

  @Option(
      names = "--idle",
      paramLabel = "MINUTES",
      description = "End after so many minutes without a request; 0 (default) for never.")
  private double idle;

  @Option(
      names = "--memory",
      paramLabel = "MIB",
      defaultValue = "256",
      description = "Memory for decoded frames, MiB (default: ${DEFAULT-VALUE}).")
  private long memory;

  @Option(
      names = "--offline",
      paramLabel = "FILE",
      description = "Write the maps as one page that needs no server and no network, and end.")
  private Path offline;

  @Option(
      names = "--max-size",
      paramLabel = "MB",
      defaultValue = "50",
      description = "Size that the page of --offline may have, MB (default: ${DEFAULT-VALUE}).")
  private double maxSize;

  @Override
  public Integer call() throws IOException {
    ViewerOptions options = common.checked(this::options);
    ViewContent content = new ViewInput(geometry).open(files);
    return offline == null ? serve(content, options) : write(content);
  }

  private int write(ViewContent content) throws IOException {
    if (!(maxSize > 0 && maxSize <= 2000)) {
      throw common.usage("--max-size " + maxSize + ", must be above 0 and at most 2000 MB");
    }
    OfflinePage page = OfflinePage.of(content.maps(), (long) (1e6 * maxSize));
    byte[] bytes = page.bytes();
    AtomicFile.write(offline, out -> out.write(bytes));
    for (String column : page.leftOut()) {
      common.out().println("left out, for want of room (--max-size): " + column);
    }
    return 0;
  }

  private int serve(ViewContent content, ViewerOptions options) throws IOException {
    try (Viewer viewer = Viewer.start(content, options)) {
      common.out().println(viewer.address());
      common.out().println("Ctrl-C ends the viewer.");
      common.out().flush();
      BrowserOpener opened = noOpen ? null : BrowserOpener.open(viewer.address());
      try {
        viewer.await();
      } finally {
        if (opened != null) {
          opened.close();
        }
      }
    } catch (InterruptedException e) {
      Interruption.answer(); // that is how a viewer ends
    }
    return 0;
  }

  private ViewerOptions options() {
    if (bind != null && !known) {
      throw new IllegalArgumentException(
          "--bind "
              + bind
              + " lets others on the network see the data, unencrypted; add --i-know if that is"
              + " meant, or use an SSH tunnel to the loopback address");
    }
    if (memory < 1 || memory > 1 << 20) {
      throw new IllegalArgumentException("--memory " + memory + ", must be 1 to 1048576 MiB");
    }
    ViewerOptions options =
        ViewerOptions.defaults().withPort(port).withMemory(memory << 20).withIdleMinutes(idle);
    return bind == null ? options : options.withAddress(bind);
  }
}
