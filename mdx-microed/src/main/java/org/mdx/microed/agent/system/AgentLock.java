package org.mdx.microed.agent.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.mdx.io.output.AtomicFile;

/**
 * Keeps a second agent out of a folder. The operating system holds the lock and takes it back when
 * the process ends, however it ends; so a lock cannot be stale. Beside it a file tells who holds
 * it, and how lately: on shares where locks of another host cannot be seen, an owner there that has
 * been heard of lately is believed.
 */
public final class AgentLock implements Closeable {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  /** An owner on another host that has been silent for so long is taken for dead. */
  private static final long SILENCE = 150_000;

  /**
   * Locks that this process has. Where locks are POSIX's, a process that opens and closes the file
   * once more has lost its lock, so such a file is not touched.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;
  private final Path ownerFile;
  private final Owner owner;

  /**
   * Who holds a lock.
   *
   * @param host name of the machine
   * @param pid process
   * @param since when it took the lock
   * @param heard when it was last heard of, milliseconds since 1970
   */
  public record Owner(String host, long pid, String since, long heard) {
    public String describe() {
      return "the agent with process " + pid + " on " + host + ", running since " + since;
    }
  }

  private AgentLock(Path file, FileChannel channel, Path ownerFile, Owner owner) {
    this.file = file;
    this.channel = channel;
    this.ownerFile = ownerFile;
    this.owner = owner;
  }

  /**
   * Takes a lock.
   *
   * @param file the lock; its folder exists
   * @param what the folder that it is for
   * @throws IOException if another agent has it
   */
  public static AgentLock take(Path file, Path what) throws IOException {
    Path real = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
    if (!HELD.add(real)) {
      throw inUse(what, owner(file));
    }
    try {
      return lock(real, what);
    } catch (IOException | RuntimeException e) {
      HELD.remove(real);
      throw e;
    }
  }

  private static AgentLock lock(Path file, Path what) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      Owner other = owner(file);
      if (!tryLock(channel) || isAliveElsewhere(other)) {
        throw inUse(what, other);
      }
      String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
      Path ownerFile = file.resolveSibling(file.getFileName() + ".owner");
      Owner self = new Owner(host(), ProcessHandle.current().pid(), now, 0);
      AgentLock lock = new AgentLock(file, channel, ownerFile, self);
      try {
        lock.beat();
        return lock;
      } catch (IOException | RuntimeException e) {
        // may have been written all the same, when the thread was interrupted after that
        Files.deleteIfExists(ownerFile);
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static IOException inUse(Path what, Owner other) {
    return new IOException(
        what
            + " is in use by "
            + (other == null ? "another agent" : other.describe())
            + "; end that one first, or give this one folders of its own");
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static boolean isAliveElsewhere(Owner other) {
    return other != null
        && !other.host().equals(host())
        && System.currentTimeMillis() - other.heard() < SILENCE;
  }

  /** Who has, or had, a lock; null if nobody is known. */
  public static Owner owner(Path file) {
    try {
      return MAPPER.readValue(
          Files.readAllBytes(file.resolveSibling(file.getFileName() + ".owner")), Owner.class);
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether somebody has a lock now. */
  public static boolean isTaken(Path file) {
    if (!Files.exists(file)) {
      return false;
    }
    try {
      if (HELD.contains(file.toRealPath())) {
        return true;
      }
    } catch (IOException e) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return !tryLock(channel) || isAliveElsewhere(owner(file));
    } catch (IOException e) {
      return false;
    }
  }

  /** Says that the owner lives, unless it has given the lock back. */
  public synchronized void beat() throws IOException {
    if (!channel.isOpen()) {
      return;
    }
    Owner now = new Owner(owner.host(), owner.pid(), owner.since(), System.currentTimeMillis());
    AtomicFile.write(ownerFile, out -> out.write(MAPPER.writeValueAsBytes(now)));
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  @Override
  public synchronized void close() throws IOException {
    try {
      Files.deleteIfExists(ownerFile);
    } finally {
      channel.close();
      HELD.remove(file);
    }
  }
}
