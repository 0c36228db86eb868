package org.mdx.microed.agent.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import org.mdx.microed.agent.system.Digests;

/**
 * A mark that recognizes the content of a source without reading all of it: its size, its time of
 * modification, and a digest of its beginning, its end and blocks between.
 *
 * @param size bytes
 * @param modified milliseconds since 1970
 * @param sample first 32 hexadecimal digits of the SHA-256 of the blocks
 */
public record SourceMark(long size, long modified, String sample) {
  private static final int EDGE = 1 << 16;
  private static final int INNER = 1 << 12;
  private static final int BLOCKS = 14;

  /** Marks a file. */
  public static SourceMark of(Path file) throws IOException {
    BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
    MessageDigest digest = Digests.sha256();
    try (FileChannel in = FileChannel.open(file)) {
      long size = in.size();
      block(in, 0, EDGE, digest);
      if (size > 2L * EDGE) {
        for (int i = 1; i <= BLOCKS; i++) {
          block(in, size / (BLOCKS + 1) * i, INNER, digest);
        }
      }
      block(in, Math.max(EDGE, size - EDGE), EDGE, digest);
    }
    return new SourceMark(
        a.size(), a.lastModifiedTime().toMillis(), Digests.hex(digest).substring(0, 32));
  }

  private static void block(FileChannel in, long at, int length, MessageDigest digest)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && in.read(bytes, at + bytes.position()) >= 0) {
      // until the block or the file ends
    }
    digest.update(bytes.flip());
  }

  /** Whether a file looks the same from outside. */
  public boolean looksLike(BasicFileAttributes a) {
    return a.size() == size && a.lastModifiedTime().toMillis() == modified;
  }

  /** Whether the content is the same, whatever the time. */
  public boolean sameContent(SourceMark other) {
    return size == other.size && sample.equals(other.sample);
  }
}
