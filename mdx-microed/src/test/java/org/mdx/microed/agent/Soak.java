package org.mdx.microed.agent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.mdx.io.MdxFormatException;
import org.mdx.io.emd.EmdWriter;
import org.mdx.io.image.PixelType;
import org.mdx.microed.agent.config.AgentConfig;
import org.mdx.microed.agent.config.ConfigReader;
import org.mdx.microed.agent.page.AgentStatus;
import org.mdx.microed.agent.steps.Step;
import org.mdx.microed.agent.system.AgentLock;
import org.mdx.microed.repack.MovieRepacker;
import org.mdx.microed.repack.RepackReport;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/**
 * Movies that arrive, an agent that is killed and started again, and a witness that looks at each
 * product the moment it has its name.
 */
final class Soak {
  static final String CONFIG =
      """
      state = "state"
      parallel = 3
      minimum_free_gib = 0
      [watch]
      raw = "raw"
      include = ["*.emd"]
      poll_seconds = 0.05
      stable_polls = 2
      stable_seconds = 0.1
      minimum_age_seconds = 0
      minimum_bytes = 100
      [work]
      folder = "work"
      [[step]]
      type = "gzip"
      name = "compress"
      to = "compressed"
      [[step]]
      type = "transfer"
      to = "archive"
      method = "copy"
      [[step]]
      type = "command"
      name = "process"
      command = ["cp", "{file}", "{output}"]
      output = "{folder}/{stem}.gz"
      files = ["*7.emd"]
      [retry]
      first_seconds = 0.05
      [page]
      enabled = false
      thumbnails = 0
      """;

  private static final String[] ODD = {
    "it's \"quoted\" %d.emd", "two  blanks\tand a tab %d.emd", "回折 ü é %d.emd", "line\nbreak %d.emd"
  };

  private static final int PIXEL = 0x5a;

  final Path root;
  final Map<String, byte[]> movies = new ConcurrentHashMap<>();
  final Map<String, BasicFileAttributes> sources = new ConcurrentHashMap<>();
  final Map<Path, String> witnessed = new ConcurrentHashMap<>();
  final List<String> complaints = new ArrayList<>();
  int kills;
  int empty;
  private volatile boolean feeding = true;

  /** A movie of Velox, to be filled with pixels; null if movies are any bytes. */
  private final byte[] template;

  /**
   * A soak.
   *
   * @param repack whether movies are HDF5 and the step is that which compresses these
   */
  Soak(Path root, boolean repack) throws IOException {
    this.root = root;
    Files.createDirectory(root.resolve("raw"));
    Files.writeString(
        root.resolve("watch.toml"),
        repack ? CONFIG.replace("type = \"gzip\"", "type = \"repack\"") : CONFIG);
    template = repack ? template(root.resolve("template.emd")) : null;
  }

  private static byte[] template(Path file) throws IOException {
    int[] image = new int[64 * 48];
    Arrays.fill(image, PIXEL << 8 | PIXEL);
    EmdWriter.write(
        file,
        64,
        48,
        PixelType.UINT16,
        out -> {
          for (int f = 0; f < 5; f++) {
            out.add(image, JsonNodeFactory.instance.objectNode().put("frame", f));
          }
        });
    return Files.readAllBytes(file);
  }

  /** The content of a movie, like no other. */
  private byte[] content(Random random) {
    if (template == null) {
      byte[] content = new byte[200 + random.nextInt(60_000)];
      random.nextBytes(content);
      return content;
    }
    byte[] content = template.clone();
    for (int i = 0; i < content.length; i++) {
      int run = i;
      while (run < content.length && content[run] == PIXEL) {
        run++;
      }
      for (int k = i; run - i >= 512 && k < run; k += 2) {
        content[k] = (byte) random.nextInt(30);
        content[k + 1] = 0;
      }
      i = run;
    }
    return content;
  }

  /** Whether a product is complete and that of a movie. */
  boolean isOf(String movie, byte[] content, Path product) throws IOException {
    if (template == null) {
      return Arrays.equals(content, unpacked(product));
    }
    try {
      return MovieRepacker.of(o -> o.verify(true))
              .repack(root.resolve("raw").resolve(movie), product, Parallel.of(1), Progress.NONE)
              .outcome()
          == RepackReport.Outcome.SKIPPED;
    } catch (IllegalArgumentException | MdxFormatException e) {
      return false;
    }
  }

  /** Lets so many movies arrive and kills the agent so often. */
  void run(int count, int leastKills, long seed) throws Exception {
    Thread feeder = new Thread(() -> feed(count, seed), "feeder");
    Thread witness = new Thread(this::witness, "witness");
    feeder.start();
    witness.start();
    Random random = new Random(seed + 1);
    while (feeder.isAlive() || kills < leastKills) {
      Process agent = start();
      if (agent.waitFor(700 + random.nextInt(1500), TimeUnit.MILLISECONDS)) {
        complain("the agent ended with code " + agent.exitValue());
      }
      agent.destroyForcibly().waitFor();
      kills++;
    }
    Process last = start();
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60 + count / 20);
    while (!(isAllDone() && isAtWork(last)) && System.nanoTime() < until) {
      Thread.sleep(100);
    }
    last.destroy();
    if (!last.waitFor(20, TimeUnit.SECONDS)) {
      complain("the agent does not end when told to");
      last.destroyForcibly();
    }
    feeding = false;
    feeder.join();
    witness.join();
  }

  /**
   * Whether an agent has got as far as its product folders; told to end before, it leaves what a
   * killed one left.
   */
  private boolean isAtWork(Process agent) {
    AgentLock.Owner owner =
        AgentLock.owner(root.resolve("compressed").resolve(Step.STAGING).resolve("agent.lock"));
    return owner != null && owner.pid() == agent.pid();
  }

  private Process start() throws IOException {
    return agent(root.resolve("watch.toml"), root.resolve("output"));
  }

  /** An agent in a process of its own. */
  static Process agent(Path config, Path output) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            SoakAgent.class.getName(),
            config.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
        .start();
  }

  private boolean isAllDone() throws IOException {
    AgentStatus s = AgentStatus.ofJournal(config());
    return s.states().get("done") + s.states().get("empty") + s.states().get("parked")
        >= movies.size() + empty;
  }

  AgentConfig config() throws IOException {
    return ConfigReader.read(root.resolve("watch.toml"), GzipStep.types());
  }

  /** Writes movies in pieces, as the microscope does, with the file locked meanwhile. */
  private void feed(int count, long seed) {
    Random random = new Random(seed);
    try {
      for (int i = 0; i < count; i++) {
        String name =
            i % 20 == 3
                ? ODD[i / 20 % ODD.length].formatted(i)
                : "Camera Ceta 20230611 %02d%02d %d.emd".formatted(i / 60 % 24, i % 60, i);
        byte[] content = i % 50 == 9 ? new byte[0] : content(random);
        Path file = root.resolve("raw").resolve(name);
        write(file, content, i % 7 == 0);
        sources.put(name, Files.readAttributes(file, BasicFileAttributes.class));
        if (content.length == 0) {
          empty++;
        } else {
          movies.put(name, content);
        }
        Thread.sleep(random.nextInt(20));
      }
    } catch (IOException | InterruptedException e) {
      complain("feeder: " + e);
    }
  }

  private static void write(Path file, byte[] content, boolean slow)
      throws IOException, InterruptedException {
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      out.lock();
      int half = content.length / 2;
      out.write(ByteBuffer.wrap(content, 0, half));
      if (slow) {
        Thread.sleep(150);
      }
      out.write(ByteBuffer.wrap(content, half, content.length - half));
    }
  }

  /** The name of a source's product, found here without the agent's rules. */
  static String product(String name) {
    StringBuilder product = new StringBuilder();
    for (char c : name.toCharArray()) {
      product.append(c == ' ' || c == '\t' || c == '\n' || c == '"' ? '_' : c);
    }
    return product.toString();
  }

  private void witness() {
    Map<String, String> expected = new ConcurrentHashMap<>();
    while (feeding) {
      try {
        movies.keySet().forEach(name -> expected.putIfAbsent(product(name), name));
        for (String folder : List.of("compressed", "archive", "work")) {
          look(root.resolve(folder), expected);
        }
        Thread.sleep(5);
      } catch (IOException | UncheckedIOException e) {
        complain("witness: " + e);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void look(Path folder, Map<String, String> expected) throws IOException {
    for (Path file : products(folder)) {
      String is = identity(file);
      String was = witnessed.putIfAbsent(file, is);
      if (was != null && !was.equals(is)) {
        complain(file + " was made twice: " + was + ", then " + is);
      } else if (was == null) {
        String name = file.getFileName().toString().replaceFirst("\\.gz$", ".emd");
        String movie = expected.get(name);
        if (movie != null && !isOf(movie, movies.get(movie), file)) {
          complain(file + " had its name before it was complete");
        } else if (movie == null) {
          witnessed.remove(file); // fed a moment ago; seen the next time
        }
      }
    }
  }

  private static byte[] unpacked(Path file) throws IOException {
    try {
      return GzipStep.unpack(file);
    } catch (EOFException | ZipException e) {
      return new byte[0];
    }
  }

  static List<Path> products(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(f -> !f.toString().contains(Step.STAGING))
          .filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
          .toList();
    } catch (UncheckedIOException e) {
      return List.of(); // a file of the staging folder was renamed meanwhile
    }
  }

  static String identity(Path file) throws IOException {
    BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
    return a.fileKey() + " " + a.lastModifiedTime() + " " + a.size();
  }

  private synchronized void complain(String what) {
    complaints.add(what);
  }
}
