package org.mdx.io.scratch;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.mdx.table.ByteStore;

/** Bytes in a scratch file. */
public final class ScratchBytes implements ByteStore, AutoCloseable {
  private final ScratchFolder folder;
  private final FileChannel channel;

  private ScratchBytes(ScratchFolder folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * An empty store.
   *
   * @param parent the folder in which a scratch folder is made
   * @return the store, to be closed
   * @throws IOException if the folder cannot be made
   */
  public static ScratchBytes in(Path parent) throws IOException {
    ScratchFolder folder = ScratchFolder.in(parent);
    return new ScratchBytes(
        folder,
        FileChannel.open(
            folder.path().resolve("bytes"),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE));
  }

  @Override
  public void write(long at, ByteBuffer bytes) {
    try {
      long place = at;
      while (bytes.hasRemaining()) {
        place += channel.write(bytes, place);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          folder.path() + ": cannot store observations there; --scratch names another place", e);
    }
  }

  @Override
  public void read(long at, ByteBuffer bytes) {
    try {
      long place = at;
      while (bytes.hasRemaining()) {
        int n = channel.read(bytes, place);
        if (n < 0) {
          throw new EOFException("scratch file is shorter than it was written");
        }
        place += n;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder.path() + ": cannot read observations back", e);
    }
  }

  /** Removes the scratch file. */
  @Override
  public void close() throws IOException {
    channel.close();
    folder.close();
  }

  @Override
  public String toString() {
    return "ScratchBytes[" + folder.path() + "]";
  }
}
