package org.mdx.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Standard output that remembers why it could not be written, which writers keep to themselves. */
public final class StandardOutput extends FilterOutputStream {
  private String failure;

  private StandardOutput(OutputStream out) {
    super(out);
  }

  /** Of this process. */
  public static StandardOutput ofProcess() {
    return new StandardOutput(new FileOutputStream(FileDescriptor.out));
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] b, int from, int count) throws IOException {
    try {
      out.write(b, from, count);
    } catch (IOException e) {
      failure = failure == null ? String.valueOf(e.getMessage()) : failure;
      throw e;
    }
  }

  /**
   * What went wrong; null if nothing did, or if just nobody reads any more, as after {@code head}.
   */
  public String failure() {
    return "Broken pipe".equals(failure) ? null : failure;
  }
}
