package org.mdx.io.internal.hdf5.read;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mdx.io.internal.hdf5.structure.Cursor;
import org.mdx.io.internal.hdf5.structure.GroupWalk;
import org.mdx.io.internal.hdf5.structure.Messages;
import org.mdx.io.internal.hdf5.structure.StoredHeader;

/** The members of a group, in either layout (specification, III.C and IV.A.2.c, g, r). */
public final class Links implements GroupWalk.Members {

  /** What a name stands for: an address in this file, a path in this file, or a path in another. */
  public record Link(long address, String file, String path) {
    public boolean isHard() {
      return path == null;
    }
  }

  private final Map<String, Link> links = new LinkedHashMap<>();

  private Links() {}

  /** The members of a group by its messages, or null if the object is no group. */
  static Map<String, Link> read(Store store, List<StoredHeader.Message> messages) {
    Links l = new Links();
    int most = Messages.LARGEST_K;
    GroupWalk walk = new GroupWalk(store, store.comparing(), most, most, l);
    boolean group = false;
    for (StoredHeader.Message m : messages) {
      Cursor c = new Cursor(store, store.comparing(), m.at());
      switch (m.type()) {
        case Messages.SYMBOL_TABLE -> walk.symbolTable(c);
        case Messages.LINK -> walk.link(c);
        case Messages.LINK_INFO -> walk.linkInfo(c);
        default -> {
          continue;
        }
      }
      group = true;
    }
    return group ? l.links : null;
  }

  @Override
  public void hard(String name, long address) {
    links.put(name, new Link(address, null, null));
  }

  @Override
  public void soft(String name, String path) {
    links.put(name, new Link(0, null, path));
  }

  @Override
  public void external(String name, String file, String path) {
    links.put(name, new Link(0, file, path));
  }

  /** Only the program that made such a link knows where it leads. */
  @Override
  public void other(String name, int kind) {}
}
