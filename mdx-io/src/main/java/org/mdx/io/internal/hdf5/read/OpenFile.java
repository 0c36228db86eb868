package org.mdx.io.internal.hdf5.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mdx.io.MdxFormatException;

/** An open file with the objects that were looked at. For any number of threads. */
public final class OpenFile implements AutoCloseable {
  private static final int MAXIMUM_LINKS = 16;

  private final Path path;
  private final Store store;
  private final FileFamily family;
  private final Map<Long, Hdf5Object> objects = new ConcurrentHashMap<>();

  private OpenFile(Path path, Store store, FileFamily family) {
    this.path = path;
    this.store = store;
    this.family = family == null ? new FileFamily(this) : family;
  }

  /** Opens a file that begins as HDF5 does. */
  public static OpenFile open(Path path) throws IOException {
    return open(path, null);
  }

  /** Opens a file to which another one led. */
  public static OpenFile open(Path path, FileFamily family) throws IOException {
    return new OpenFile(path, Store.open(path), family);
  }

  public Path path() {
    return path;
  }

  public Store store() {
    return store;
  }

  public MdxFormatException error(String place, String expected, String found, String cure) {
    return new MdxFormatException(path, place, expected, found, cure);
  }

  /** The reader of a dataset of any type, which may be in another file. */
  public DatasetReader reader(String place) {
    Hdf5Object o = find(place);
    DatasetReader r = o == null ? null : Damage.guard(path, place, () -> o.reader(place));
    if (r == null) {
      throw error(place, "a dataset", o == null ? "nothing" : "a group", "");
    }
    return r;
  }

  /** A file beside this one, opened once and closed with the first of its family. */
  OpenFile neighbour(String name, String place) {
    return family.open(this, name, place);
  }

  public Hdf5Object object(long address) {
    return objects.computeIfAbsent(address, a -> new Hdf5Object(this, a));
  }

  /** The object at a place, which may be in another file; null if there is none. */
  public Hdf5Object find(String place) {
    return Damage.guard(path, place, () -> find(object(store.root()), place, MAXIMUM_LINKS));
  }

  private static Hdf5Object find(Hdf5Object from, String place, int links) {
    Hdf5Object at = from;
    for (String name : place.split("/")) {
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      Links.Link link = at == null || !at.isGroup() ? null : at.links().get(name);
      if (link == null) {
        return null;
      }
      at = follow(at, link, links);
    }
    return at;
  }

  private static Hdf5Object follow(Hdf5Object group, Links.Link link, int links) {
    OpenFile in = group.file();
    if (link.isHard()) {
      return in.object(link.address());
    }
    if (links == 0) {
      throw in.error(link.path(), "links that lead somewhere", "links in a circle", Damage.ADVICE);
    }
    if (link.file() != null) {
      in = in.neighbour(link.file(), link.path());
    }
    boolean absolute = link.file() != null || link.path().startsWith("/");
    return find(absolute ? in.object(in.store.root()) : group, link.path(), links - 1);
  }

  @Override
  public void close() {
    objects.values().forEach(Hdf5Object::close);
    objects.clear();
    if (family.isFirst(this)) {
      family.close();
    }
  }
}
