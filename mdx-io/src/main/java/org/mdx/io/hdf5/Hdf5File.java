package org.mdx.io.hdf5;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mdx.io.InputFile;
import org.mdx.io.MdxFormatException;
import org.mdx.io.hdf5.element.RunSink;
import org.mdx.io.hdf5.element.StoredType;
import org.mdx.io.internal.hdf5.index.Box;
import org.mdx.io.internal.hdf5.read.AttributeValue;
import org.mdx.io.internal.hdf5.read.Damage;
import org.mdx.io.internal.hdf5.read.DatasetReader;
import org.mdx.io.internal.hdf5.read.Hdf5Object;
import org.mdx.io.internal.hdf5.read.OpenFile;
import org.mdx.io.internal.hdf5.read.Store;
import org.mdx.io.internal.hdf5.structure.Dataspace;
import org.mdx.io.internal.hdf5.structure.Fields;
import org.mdx.parallel.Parallel;

/**
 * An HDF5 file to read. Places in it are written as in {@code /entry/hkl_table/h}. Whatever is
 * wrong with the file ends in an {@link MdxFormatException} that names the place.
 *
 * <p>Numbers may be integers of 1 to 8 bytes, truth values, or floats of 4 or 8 bytes, in either
 * byte order; contiguous, compact, virtual, or in chunks that are plain, shuffled, deflated, or
 * compressed by LZ4 with or without bitshuffle. Links lead into other files; files may be larger
 * than 2 GiB. For any number of threads.
 */
public final class Hdf5File implements AutoCloseable {
  private static final int MAXIMUM_TEXTS = 1 << 16;

  private final Path path;
  private final OpenFile file;

  private Hdf5File(OpenFile file) {
    this.path = file.path();
    this.file = file;
  }

  /**
   * Whether a file begins with the HDF5 signature, or has it behind a block of the user's.
   *
   * @param path the file
   * @return true if so
   * @throws IOException if it cannot be read
   */
  public static boolean recognizes(Path path) throws IOException {
    return Store.find(path) >= 0;
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
    if (Store.find(path) < 0) {
      byte[] head = InputFile.head(path, Store.SIGNATURE.length);
      throw new MdxFormatException(
          path,
          "byte 0",
          "an HDF5 file, beginning " + HexFormat.of().formatHex(Store.SIGNATURE),
          head.length == 0 ? "an empty file" : HexFormat.of().formatHex(head),
          "");
    }
    return new Hdf5File(OpenFile.open(path));
  }

  /**
   * The file.
   *
   * @return its path
   */
  public Path path() {
    return path;
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
    return file.error(place, expected, found, cure);
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
    Hdf5Object o = find(place);
    return o != null && Damage.guard(o.file().path(), place, o::isGroup);
  }

  /**
   * Names of the members of a group.
   *
   * @param group where
   * @return the names in the order of the file
   * @throws MdxFormatException if there is no such group
   */
  public List<String> members(String group) {
    Hdf5Object o = find(group);
    if (o == null || !Damage.guard(o.file().path(), group, o::isGroup)) {
      throw error(group, "a group", o == null ? "nothing" : "a dataset", "");
    }
    return Damage.guard(o.file().path(), group, () -> List.copyOf(o.links().keySet()));
  }

  /**
   * Type of a dataset's elements.
   *
   * @param dataset where
   * @return the type
   * @throws MdxFormatException if there is no such dataset
   */
  public StoredType type(String dataset) {
    return reader(dataset).info().type;
  }

  /**
   * Shape of a dataset.
   *
   * @param dataset where
   * @return length along each axis; empty for a single value
   * @throws MdxFormatException if there is no such dataset or it has 2³¹ elements or more
   */
  public int[] shape(String dataset) {
    return reader(dataset).shape();
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
    DatasetReader r = numbers(dataset);
    Damage.guard(
        path,
        dataset,
        () -> {
          r.read(parallel, sink);
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
    DatasetReader r = numbers(dataset);
    return Damage.guard(path, dataset, r::size);
  }

  private DatasetReader numbers(String dataset) {
    DatasetReader r = reader(dataset);
    if (!r.info().type.isNumber()) {
      throw error(dataset, "numbers", r.info().type.toString(), "");
    }
    return r;
  }

  /**
   * Frames that a dataset of numbers holds along one of its axes.
   *
   * @param dataset where; of rank 2, one frame, or 3
   * @param frameAxis which axis counts the frames, 0 to 2
   * @return reads them
   * @throws MdxFormatException if there is no such dataset, it has another rank, or it claims more
   *     than the file can hold
   */
  public Hdf5Frames frames(String dataset, int frameAxis) {
    DatasetReader r = numbers(dataset);
    return Damage.guard(path, dataset, () -> new Hdf5Frames(file, dataset, r, frameAxis, -1));
  }

  /**
   * The frames of one of several channels that a dataset of rank 4 holds: frames, channels, rows,
   * columns.
   *
   * @param dataset where
   * @param channel which one, from 0
   * @return reads them
   * @throws MdxFormatException if there is no such dataset, it has another rank or no such channel,
   *     or it claims more than the file can hold
   */
  public Hdf5Frames channel(String dataset, int channel) {
    DatasetReader r = numbers(dataset);
    return Damage.guard(path, dataset, () -> new Hdf5Frames(file, dataset, r, 0, channel));
  }

  /**
   * One column of a dataset of bytes and rank 2, in which some formats keep texts.
   *
   * @param dataset where
   * @param column from 0
   * @return its bytes, from the first row to the last
   * @throws MdxFormatException if there is no such dataset or it is of another kind
   * @throws IndexOutOfBoundsException if there is no such column
   */
  public byte[] column(String dataset, int column) {
    DatasetReader r = reader(dataset);
    int[] shape = r.shape();
    if (shape.length != 2 || r.info().type.bytes() != 1 || !r.info().type.isInteger()) {
      throw error(
          dataset, "bytes in rows and columns", r.info().type + " of rank " + shape.length, "");
    }
    Objects.checkIndex(column, shape[1]);
    return Damage.guard(
        path,
        dataset,
        () -> {
          r.requireStored();
          byte[] out = new byte[shape[0]];
          r.readBox(
              new Box(new long[] {0, column}, new int[] {shape[0], 1}),
              Parallel.of(1),
              (from, at, index, count) -> from.get(at, out, index, count));
          return out;
        });
  }

  /**
   * A dataset that is one text.
   *
   * @param dataset where
   * @return the text
   * @throws MdxFormatException if there is no such dataset or it is not one text
   */
  public String text(String dataset) {
    DatasetReader r = reader(dataset);
    return Damage.guard(
        path,
        dataset,
        () -> {
          StoredType t = r.info().type;
          long n = Dataspace.size(r.info().shape);
          if (n != 1 || !t.isText()) {
            throw error(dataset, "one text", t + ", " + n + " elements", "");
          }
          String[] text = new String[1];
          Store from = find(dataset).file().store();
          int rank = r.info().shape.length;
          int[] one = new int[rank];
          Arrays.fill(one, 1);
          r.readBox(
              new Box(new long[rank], one),
              Parallel.of(1),
              (b, at, index, count) ->
                  text[0] =
                      AttributeValue.text(
                          from,
                          t,
                          new Fields(
                              b.slice(at, t.bytes()), from.offsetBytes(), from.lengthBytes())));
          return text[0];
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
    AttributeValue a = attributes(place).get(name);
    return a == null || a.size() > MAXIMUM_TEXTS || !a.type.isText()
        ? List.of()
        : Damage.guard(path, place + "@" + name, a::texts);
  }

  /**
   * Numbers of an attribute.
   *
   * @param place of a group or dataset
   * @param name of the attribute
   * @return its number or numbers; empty if there is no such attribute or it holds none
   * @throws MdxFormatException if there is no such object or it is damaged
   */
  public double[] numberAttribute(String place, String name) {
    AttributeValue a = attributes(place).get(name);
    return a == null || a.size() > MAXIMUM_TEXTS || !a.type.isNumber()
        ? new double[0]
        : Damage.guard(path, place + "@" + name, a::numbers);
  }

  private Map<String, AttributeValue> attributes(String place) {
    Hdf5Object o = find(place);
    if (o == null) {
      throw error(place, "a group or dataset", "nothing", "");
    }
    return Damage.guard(path, place, o::attributes);
  }

  /**
   * The file as text: a line for each group, dataset and attribute, indented.
   *
   * @return lines with line feeds between them
   * @throws MdxFormatException if the file is damaged
   */
  public String tree() {
    return Damage.guard(path, "/", () -> Hdf5Tree.of(this));
  }

  /** The reader of a dataset of any type, which may be in another file. */
  DatasetReader reader(String place) {
    return file.reader(place);
  }

  /** What the file holds, for those who show it. */
  OpenFile file() {
    return file;
  }

  private Hdf5Object find(String place) {
    return file.find(place);
  }

  @Override
  public void close() {
    file.close();
  }
}
