package org.mdx.io.internal.hdf5.read;

import java.util.List;
import java.util.Map;
import org.mdx.io.internal.hdf5.structure.Messages;
import org.mdx.io.internal.hdf5.structure.StoredHeader;

/** A group or dataset of a file; what its header says is read when asked for. */
public final class Hdf5Object {
  private final OpenFile file;
  private final List<StoredHeader.Message> messages;
  private final Map<String, Links.Link> links;
  private Map<String, AttributeValue> attributes;
  private DatasetReader reader;

  Hdf5Object(OpenFile file, long address) {
    this.file = file;
    this.messages = Messages.read(file.store(), file.store().comparing(), address);
    this.links = Links.read(file.store(), messages);
  }

  /** The file that it is in. */
  public OpenFile file() {
    return file;
  }

  public boolean isGroup() {
    return links != null;
  }

  /** Members of a group in the order of the file. */
  public Map<String, Links.Link> links() {
    return links;
  }

  public synchronized Map<String, AttributeValue> attributes() {
    if (attributes == null) {
      attributes = AttributeValue.readAll(file.store(), messages);
    }
    return attributes;
  }

  /** Reads the elements; null if this is no dataset. */
  public synchronized DatasetReader reader(String place) {
    if (reader == null && !isGroup()) {
      DatasetInfo info = DatasetInfo.read(file.store(), messages);
      reader = info == null ? null : new DatasetReader(file, file.store(), place, info);
    }
    return reader;
  }

  synchronized void close() {
    if (reader != null) {
      reader.close();
    }
  }
}
