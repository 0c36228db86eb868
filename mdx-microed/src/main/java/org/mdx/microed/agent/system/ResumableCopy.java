package org.mdx.microed.agent.system;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * Copies a file and goes on where an earlier copy was interrupted: what is there is compared with
 * the original block by block and kept as far as it agrees.
 */
public final class ResumableCopy {
  private static final int BLOCK = 1 << 20;

  private ResumableCopy() {}

  /** The copied file: the original's SHA-256, and how many bytes were there already. */
  public record Copied(String digest, long kept) {}

  /**
   * Copies; the copy gets the original's time of modification.
   *
   * @throws InterruptedException if the thread is interrupted; the next call goes on from there
   */
  public static Copied copy(Path from, Path to) throws IOException, InterruptedException {
    MessageDigest digest = Digests.sha256();
    long kept;
    try (FileChannel in = FileChannel.open(from);
        FileChannel out =
            FileChannel.open(
                to, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
      ByteBuffer there = ByteBuffer.allocateDirect(BLOCK);
      kept = agreeing(in, out, block, there, digest);
      out.truncate(kept);
      long at = kept;
      while (read(in, at, block)) {
        checkInterrupt();
        digest.update(block.duplicate());
        while (block.hasRemaining()) {
          at += out.write(block, at);
        }
      }
      out.force(true);
    }
    Files.setLastModifiedTime(to, Files.getLastModifiedTime(from));
    return new Copied(Digests.hex(digest), kept);
  }

  private static long agreeing(
      FileChannel in, FileChannel out, ByteBuffer block, ByteBuffer there, MessageDigest digest)
      throws IOException, InterruptedException {
    long at = 0;
    while (at < out.size() && read(in, at, block)) {
      checkInterrupt();
      // a shorter block at the end of the copy does not agree and is copied again
      if (!read(out, at, there) || !block.equals(there)) {
        break;
      }
      at += block.remaining();
      digest.update(block);
    }
    return at;
  }

  private static boolean read(FileChannel from, long at, ByteBuffer into) throws IOException {
    into.clear();
    while (into.hasRemaining() && from.read(into, at + into.position()) >= 0) {
      // until the block or the file ends
    }
    return into.flip().hasRemaining();
  }

  private static void checkInterrupt() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
