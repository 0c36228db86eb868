package org.mdx.io.hdf5;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.links.SoftLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.mdx.io.MdxFormatException;
import org.mdx.parallel.Parallel;

/**
 * An HDF5 file to read. Places in it are written as in {@code /entry/hkl_table/h}. Whatever is
 * wrong with the file ends in an {@link MdxFormatException} that names the place.
 *
 * <p>Numbers may be integers of 1 to 8 bytes, truth values, or floats of 4 or 8 bytes, in either
 * byte order; contiguous, compact, or in chunks that are plain or shuffled and deflated.
 */
public final class Hdf5File implements AutoCloseable {

  /** Advice for files that contradict themselves. */
  static final String DAMAGED = "the file is damaged or truncated, copy or make it again";

  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  private static final int MAXIMUM_TEXTS = 1 << 16;

  private final Path path;
  private final HdfFile hdf;
  private final long size;

  private Hdf5File(Path path, HdfFile hdf, long size) {
    this.path = path;
    this.hdf = hdf;
    this.size = size;
  }

  /**
   * Whether a file begins with the HDF5 signature.
   *
   * @param path the file
   * @return true if so
   * @throws IOException if it cannot be read
   */
  public static boolean recognizes(Path path) throws IOException {
    return Arrays.equals(head(path), SIGNATURE);
  }

  private static byte[] head(Path path) throws IOException {
    ByteBuffer b = ByteBuffer.allocate(SIGNATURE.length);
    try (SeekableByteChannel in = Files.newByteChannel(path)) {
      while (b.hasRemaining() && in.read(b) >= 0) {
        continue;
      }
    }
    return Arrays.copyOf(b.array(), b.position());
  }

  /**
   * Opens a file.
   *
   * @param path the file
   * @return the open file
   * @throws IOException if it does not exist or cannot be read
   * @throws MdxFormatException if it is no HDF5 file
   */
  public static Hdf5File open(Path path) throws IOException {
    byte[] head = head(path);
    if (!Arrays.equals(head, SIGNATURE)) {
      throw new MdxFormatException(
          path,
          "byte 0",
          "an HDF5 file, beginning " + HexFormat.of().formatHex(SIGNATURE),
          head.length == 0 ? "an empty file" : HexFormat.of().formatHex(head),
          "");
    }
    long size = Files.size(path);
    if (size > Integer.MAX_VALUE) {
      return new Hdf5File(path, guard(path, "/", () -> new HdfFile(path)), size);
    }
    // on a mapped file jHDF only makes slices; on a channel it would allocate what headers claim
    ByteBuffer mapped;
    try (FileChannel in = FileChannel.open(path)) {
      mapped = in.map(FileChannel.MapMode.READ_ONLY, 0, size);
    }
    return new Hdf5File(path, guard(path, "/", () -> HdfFile.fromByteBuffer(mapped)), size);
  }

  /**
   * The file.
   *
   * @return its path
   */
  public Path path() {
    return path;
  }

  long size() {
    return size;
  }

  /**
   * An exception about this file.
   *
   * @param place object in the file
   * @param expected what should be there
   * @param found what is there
   * @param cure what to do; may be empty
   * @return the exception, to be thrown
   */
  public MdxFormatException error(String place, String expected, String found, String cure) {
    return new MdxFormatException(path, place, expected, found, cure);
  }

  /**
   * Whether there is an object.
   *
   * @param place where
   * @return true if so
   */
  public boolean has(String place) {
    return find(place) != null;
  }

  /**
   * Whether there is a group.
   *
   * @param place where
   * @return true if so
   */
  public boolean hasGroup(String place) {
    return find(place) instanceof Group;
  }

  /**
   * Names of the members of a group.
   *
   * @param group where
   * @return the names in the order of the file
   * @throws MdxFormatException if there is no such group
   */
  public List<String> members(String group) {
    if (!(find(group) instanceof Group g)) {
      throw error(group, "a group", has(group) ? "a dataset" : "nothing", "");
    }
    return guard(path, group, () -> List.copyOf(g.getChildren().keySet()));
  }

  /**
   * Type of a dataset's elements.
   *
   * @param dataset where
   * @return the type
   * @throws MdxFormatException if there is no such dataset
   */
  public StoredType type(String dataset) {
    Dataset d = dataset(dataset);
    return guard(path, dataset, () -> StoredType.of(d.getDataType()));
  }

  /**
   * Shape of a dataset.
   *
   * @param dataset where
   * @return length along each axis; empty for a single value
   * @throws MdxFormatException if there is no such dataset or it has 2³¹ elements or more
   */
  public int[] shape(String dataset) {
    Dataset d = dataset(dataset);
    return guard(path, dataset, () -> DatasetReader.shape(this, dataset, d));
  }

  /**
   * Hands all elements of a dataset of numbers to a sink.
   *
   * @param dataset where
   * @param parallel threads that decompress and call the sink
   * @param sink takes the elements in the dataset's own type and byte order
   * @throws MdxFormatException if there is no such dataset, or it is damaged or of another kind
   */
  public void read(String dataset, Parallel parallel, RunSink sink) {
    Dataset d = dataset(dataset);
    guard(
        path,
        dataset,
        () -> {
          reader(dataset, d).read(parallel, sink);
          return null;
        });
  }

  /**
   * Numbers of a dataset.
   *
   * @param dataset where
   * @param parallel threads that decompress
   * @return all elements in C order
   * @throws MdxFormatException if there is no such dataset, or it is damaged or of another kind
   */
  public double[] doubles(String dataset, Parallel parallel) {
    double[] out = new double[size(dataset)];
    StoredType t = type(dataset);
    read(
        dataset,
        parallel,
        (from, at, index, count) -> {
          for (int i = 0; i < count; i++) {
            out[index + i] = t.number(from, at + i * t.bytes());
          }
        });
    return out;
  }

  /**
   * Numbers of a dataset in single precision, to which those of other types are rounded.
   *
   * @param dataset where
   * @param parallel threads that decompress
   * @return all elements in C order
   * @throws MdxFormatException if there is no such dataset, or it is damaged or of another kind
   */
  public float[] floats(String dataset, Parallel parallel) {
    float[] out = new float[size(dataset)];
    StoredType t = type(dataset);
    read(
        dataset,
        parallel,
        (from, at, index, count) -> {
          for (int i = 0; i < count; i++) {
            out[index + i] = (float) t.number(from, at + i * t.bytes());
          }
        });
    return out;
  }

  /**
   * Integers of a dataset, which may be stored as floats without fraction.
   *
   * @param dataset where
   * @param parallel threads that decompress
   * @return all elements in C order
   * @throws MdxFormatException if there is no such dataset, it is damaged or of another kind, or a
   *     value is no integer of 32 bits
   */
  public int[] ints(String dataset, Parallel parallel) {
    int[] out = new int[size(dataset)];
    StoredType t = type(dataset);
    read(
        dataset,
        parallel,
        (from, at, index, count) -> {
          for (int i = 0; i < count; i++) {
            double v = t.number(from, at + i * t.bytes());
            out[index + i] = (int) v;
            if (out[index + i] != v) {
              throw error(dataset, "integers of 32 bits", v + " at " + (index + i), "");
            }
          }
        });
    return out;
  }

  /**
   * Number of elements of a dataset of numbers, after checking that the file can hold them.
   *
   * @param dataset where
   * @return 0 or more
   * @throws MdxFormatException if there is no such dataset or it claims too many elements
   */
  public int size(String dataset) {
    Dataset d = dataset(dataset);
    return guard(path, dataset, () -> reader(dataset, d).size());
  }

  private DatasetReader reader(String dataset, Dataset d) {
    DatasetReader r = new DatasetReader(this, dataset, d);
    if (!r.type().isNumber()) {
      throw error(dataset, "numbers", String.valueOf(d.getDataType()), "");
    }
    return r;
  }

  /**
   * A dataset that is one text.
   *
   * @param dataset where
   * @return the text
   * @throws MdxFormatException if there is no such dataset or it is not one text
   */
  public String text(String dataset) {
    Dataset d = dataset(dataset);
    return guard(
        path,
        dataset,
        () -> {
          boolean one = d.getSize() == 1 && type(dataset).kind() == StoredType.Kind.TEXT;
          List<String> texts = one ? texts(d.getData()) : List.of();
          if (texts.size() != 1) {
            throw error(dataset, "one text", type(dataset) + ", " + d.getSize() + " elements", "");
          }
          return texts.get(0);
        });
  }

  /**
   * Texts of an attribute.
   *
   * @param place of a group or dataset
   * @param name of the attribute
   * @return its text or texts; empty if there is no such attribute or it holds no texts
   * @throws MdxFormatException if there is no such object or it is damaged
   */
  public List<String> attribute(String place, String name) {
    Node node = find(place);
    if (node == null) {
      throw error(place, "a group or dataset", "nothing", "");
    }
    return guard(
        path,
        place + "@" + name,
        () -> {
          Attribute a = node.getAttributes().get(name);
          if (a == null
              || a.getSize() > MAXIMUM_TEXTS
              || StoredType.of(a.getDataType()).kind() != StoredType.Kind.TEXT) {
            return List.of();
          }
          return texts(a.getData());
        });
  }

  private static List<String> texts(Object data) {
    List<String> out = new ArrayList<>();
    if (data instanceof String s) {
      out.add(s);
    } else if (data instanceof Object[] many) {
      for (Object o : many) {
        out.addAll(texts(o));
      }
    }
    return out;
  }

  /**
   * The file as text: a line for each group, dataset and attribute, indented.
   *
   * @return lines with line feeds between them
   * @throws MdxFormatException if the file is damaged
   */
  public String tree() {
    return guard(path, "/", () -> Hdf5Tree.of(this, hdf));
  }

  private Dataset dataset(String place) {
    Node n = find(place);
    if (!(n instanceof Dataset d)) {
      throw error(place, "a dataset", n == null ? "nothing" : "a group", "");
    }
    return d;
  }

  private Node find(String place) {
    return guard(
        path,
        place,
        () -> {
          Node at = hdf;
          for (String name : place.split("/")) {
            if (name.isEmpty()) {
              continue;
            }
            Node child = at instanceof Group g ? g.getChildren().get(name) : null;
            if (child == null) {
              return null;
            }
            at = child instanceof SoftLink l ? l.getTarget() : child;
          }
          return at;
        });
  }

  /** Turns what jHDF throws at a damaged file into our own exception. */
  static <T> T guard(Path path, String place, Supplier<T> action) {
    try {
      return action.get();
    } catch (MdxFormatException | CancellationException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | InternalError e) {
      throw new MdxFormatException(
          path,
          place,
          "HDF5 structures that jHDF reads",
          e.getClass().getSimpleName() + (e.getMessage() == null ? "" : " " + e.getMessage()),
          DAMAGED,
          e);
    }
  }

  @Override
  public void close() {
    hdf.close();
  }
}
