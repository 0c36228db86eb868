package org.mdx.microed.agent.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.SyncFailedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * A file with a line for everything that happens: the CRC-32 of the rest in eight hexadecimal
 * digits, a blank, and a JSON document. A line is on the disk when {@link #append} returns. What is
 * left of a line that was being written when the machine went down is cut off; a damaged line
 * between others is passed over, and a copy of the file kept.
 *
 * <p>Written through {@link RandomAccessFile}, as a channel would be closed by the interruption of
 * any thread that writes.
 */
public final class Journal implements Closeable {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();
  private static final int HEAD = 9;
  private static final int SLACK = 20_000;

  private final Path file;
  private final Ledger ledger;
  private final Object disk = new Object();
  private RandomAccessFile out;
  private long end;
  private long lines;
  private long written;
  private long synced;

  private Journal(Path file, Ledger ledger) {
    this.file = file;
    this.ledger = ledger;
  }

  /**
   * Opens a journal, or begins one, and adds its events to a ledger.
   *
   * @param warn told what is wrong with the file
   */
  public static Journal open(Path file, Ledger ledger, Consumer<String> warn) throws IOException {
    Journal journal = new Journal(file, ledger);
    Reading read = read(file, ledger);
    if (read.damaged > 0) {
      Path kept = file.resolveSibling(file.getFileName() + ".damaged-" + read.end);
      Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
      warn.accept(
          file + ": " + read.damaged + " damaged lines are passed over; copy kept in " + kept);
    }
    journal.lines = read.lines;
    journal.end = read.end;
    journal.openAtEnd();
    if (journal.lines > 2L * ledger.size() + SLACK || read.damaged > 0) {
      journal.compact();
    }
    return journal;
  }

  /** What is found in a file. */
  private static final class Reading {
    private long lines;
    private long end;
    private long damaged;
  }

  /** Adds the events of a journal to a ledger and leaves the file as it is. */
  public static Reading read(Path file, Ledger ledger) throws IOException {
    Reading reading = new Reading();
    if (!Files.exists(file)) {
      return reading;
    }
    long bad = 0;
    long position = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        position++;
        if (b != '\n') {
          line.write(b);
          continue;
        }
        Event event = parse(line.toByteArray());
        line.reset();
        if (event == null) {
          bad++;
        } else {
          ledger.apply(event);
          reading.lines++;
          reading.end = position;
          // followed by good ones
          reading.damaged += bad;
          bad = 0;
        }
      }
    }
    return reading;
  }

  private static Event parse(byte[] line) throws IOException {
    if (line.length <= HEAD) {
      return null;
    }
    byte[] json = Arrays.copyOfRange(line, HEAD, line.length);
    String head = new String(line, 0, HEAD, StandardCharsets.ISO_8859_1);
    if (!head.equals(head(json))) {
      return null;
    }
    try {
      return MAPPER.readValue(json, Event.class);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static String head(byte[] json) {
    CRC32 crc = new CRC32();
    crc.update(json);
    return String.format("%08x ", crc.getValue());
  }

  private static byte[] line(Event event) throws IOException {
    byte[] json = MAPPER.writeValueAsBytes(event);
    ByteArrayOutputStream line = new ByteArrayOutputStream(json.length + HEAD + 1);
    line.write(head(json).getBytes(StandardCharsets.ISO_8859_1));
    line.write(json);
    line.write('\n');
    return line.toByteArray();
  }

  private void openAtEnd() throws IOException {
    out = new RandomAccessFile(file.toFile(), "rw");
    out.setLength(end);
    out.seek(end);
  }

  /**
   * Writes an event and adds it to the ledger.
   *
   * @throws IOException if it cannot be written; the ledger is then as before
   */
  public void append(Event event) throws IOException {
    long mine = write(event);
    synchronized (disk) {
      // whoever waited here while another one wrote to the disk finds its line there too
      if (synced < mine) {
        long all = written();
        sync();
        synced = all;
      }
    }
  }

  /** Writes an event of which nothing is lost if the machine forgets it. */
  public synchronized long write(Event event) throws IOException {
    byte[] line = line(event);
    try {
      out.seek(end);
      out.write(line);
    } catch (IOException e) {
      cutOff();
      throw e;
    }
    end += line.length;
    lines++;
    ledger.apply(event);
    return ++written;
  }

  private synchronized long written() {
    return written;
  }

  private void sync() throws IOException {
    RandomAccessFile now;
    synchronized (this) {
      now = out;
    }
    try {
      now.getFD().sync();
    } catch (SyncFailedException e) {
      if (!isReplaced(now)) {
        throw e;
      }
      // a compacted journal has been put in its place, which is on the disk
    }
  }

  private synchronized boolean isReplaced(RandomAccessFile now) {
    return now != out;
  }

  /** Half a line may be there when the disk was full. */
  private void cutOff() {
    try {
      out.setLength(end);
    } catch (IOException e) {
      // the next line is written over it
    }
  }

  /** Replaces the file by the fewest lines that add up to the same. */
  private void compact() throws IOException {
    Path shorter = file.resolveSibling(file.getFileName() + ".new");
    long size = 0;
    long count = 0;
    try (RandomAccessFile to = new RandomAccessFile(shorter.toFile(), "rw")) {
      to.setLength(0);
      ByteArrayOutputStream block = new ByteArrayOutputStream();
      for (Event event : ledger.events()) {
        block.write(line(event));
        count++;
        if (block.size() > 1 << 16) {
          to.write(block.toByteArray());
          block.reset();
        }
      }
      to.write(block.toByteArray());
      to.getFD().sync();
      size = to.length();
    }
    // open files cannot be replaced everywhere
    out.close();
    try {
      Files.move(
          shorter, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      end = size;
      lines = count;
    } finally {
      openAtEnd();
    }
  }

  /** Compacts when nothing else is to be done. */
  public synchronized void tidy() throws IOException {
    if (lines > 2L * ledger.size() + SLACK) {
      compact();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    out.getFD().sync();
    out.close();
  }
}
