package org.mdx.io.image;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.io.MdxFormatException;

class FileBytesTest {
  @TempDir Path folder;

  /** A disk that fails is no damaged file. */
  @Test
  void whatCannotBeReadShouldNotBeCalledDamaged() {
    InputStream disk =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Input/output error");
          }
        };
    byte[] head = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0};
    FileBytes.Stored stored =
        new FileBytes.Stored(new SequenceInputStream(new ByteArrayInputStream(head), disk));
    assertThatThrownBy(() -> new GZIPInputStream(stored).read()).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> stored.rethrow(Path.of("a.cbf.gz")))
        .isInstanceOf(IOException.class)
        .hasMessage("a.cbf.gz: cannot be read: Input/output error");
    FileBytes.Stored whole = new FileBytes.Stored(new ByteArrayInputStream(head));
    assertThatCode(() -> whole.rethrow(Path.of("a"))).doesNotThrowAnyException();
    assertThatThrownBy(() -> FileBytes.open(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void aDamagedStreamShouldBeCalledSo() throws IOException {
    Path file = Files.write(folder.resolve("a.gz"), new byte[] {0x1f, (byte) 0x8b, 7, 1, 2, 3});
    assertThatThrownBy(() -> FileBytes.open(file))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("damaged");
  }
}
