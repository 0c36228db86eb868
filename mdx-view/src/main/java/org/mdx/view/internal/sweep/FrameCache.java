package org.mdx.view.internal.sweep;

import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Decoded pictures that were asked for last, up to a limit of memory. A picture that two requests
 * want is decoded once.
 */
public final class FrameCache {

  /**
   * What a picture is of.
   *
   * @param sweep number of the sweep
   * @param frame first frame
   * @param count frames that are combined
   * @param how they are combined
   */
  record Key(int sweep, int frame, int count, How how) {}

  /** How several frames become one picture. */
  public enum How {
    SUM,
    MAX,
    MEAN
  }

  /** Makes a picture. */
  @FunctionalInterface
  interface Decoder {
    /** The pixels of each panel. */
    int[][] decode() throws IOException;
  }

  private final long limit;
  private final LinkedHashMap<Key, int[][]> pictures = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Key, CompletableFuture<int[][]>> underWay = new HashMap<>();
  private long held;

  /** A cache of at most so many bytes, and of one picture if that is larger. */
  public FrameCache(long limit) {
    this.limit = limit;
  }

  /** A picture, decoded if it is not there. */
  int[][] get(Key key, Decoder decoder) throws IOException {
    CompletableFuture<int[][]> mine;
    CompletableFuture<int[][]> other;
    synchronized (this) {
      int[][] there = pictures.get(key);
      if (there != null) {
        return there;
      }
      other = underWay.get(key);
      mine = new CompletableFuture<>();
      if (other == null) {
        underWay.put(key, mine);
      }
    }
    return other == null ? decode(key, decoder, mine) : await(other);
  }

  private int[][] decode(Key key, Decoder decoder, CompletableFuture<int[][]> mine)
      throws IOException {
    try {
      int[][] picture = decoder.decode();
      keep(key, picture);
      mine.complete(picture);
      return picture;
    } catch (IOException | RuntimeException | Error e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      synchronized (this) {
        underWay.remove(key);
      }
    }
  }

  private static int[][] await(CompletableFuture<int[][]> other) throws IOException {
    try {
      return other.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a frame was read", e);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause().getMessage()), e.getCause());
    }
  }

  private synchronized void keep(Key key, int[][] picture) {
    held += bytes(picture);
    pictures.put(key, picture);
    Iterator<Map.Entry<Key, int[][]>> eldest = pictures.entrySet().iterator();
    while (held > limit && pictures.size() > 1) {
      held -= bytes(eldest.next().getValue());
      eldest.remove();
    }
  }

  /** Whether so many pictures of a size fit. */
  boolean hasRoomFor(int count, long bytes) {
    return count * bytes <= limit;
  }

  synchronized boolean has(Key key) {
    return pictures.containsKey(key) || underWay.containsKey(key);
  }

  /** Bytes of the pictures that are held. */
  public synchronized long held() {
    return held;
  }

  private static long bytes(int[][] picture) {
    long n = 0;
    for (int[] panel : picture) {
      n += 4L * panel.length;
    }
    return n;
  }
}
