package org.mdx.io.emd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.mdx.io.MdxFormatException;
import org.mdx.io.hdf5.Hdf5File;
import org.mdx.io.hdf5.Hdf5Frames;

/**
 * The images of a Velox file: {@code /Data/Image/<id>/Data} is (y, x, frame), {@code Metadata} has
 * a JSON document for each frame, as a column of bytes that is filled up with zeros. Of several
 * images that with the most pixels is taken, and of those the first by name.
 */
final class EmdFile {
  static final String IMAGES = "/Data/Image";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Hdf5File file;
  private final String place;
  private final Hdf5Frames frames;
  private final List<String> others;

  private EmdFile(Hdf5File file, String place, Hdf5Frames frames, List<String> others) {
    this.file = file;
    this.place = place;
    this.frames = frames;
    this.others = others;
  }

  static EmdFile of(Hdf5File file) {
    String best = null;
    Hdf5Frames chosen = null;
    List<String> others = new ArrayList<>();
    List<String> complex = new ArrayList<>();
    List<String> empty = new ArrayList<>();
    for (String id : file.members(IMAGES)) {
      String data = IMAGES + "/" + id + "/Data";
      if (!file.has(data)) {
        continue;
      }
      if (!file.type(data).isNumber()) {
        complex.add(id);
        continue;
      }
      int[] shape = file.shape(data);
      if (shape.length == 3 && shape[2] == 0) {
        empty.add(id);
        continue;
      }
      Hdf5Frames f = file.frames(data, 2);
      if (chosen == null || pixels(f) > pixels(chosen)) {
        if (best != null) {
          others.add(best);
        }
        best = id;
        chosen = f;
      } else {
        others.add(id);
      }
    }
    if (chosen == null) {
      throw none(file, complex, empty);
    }
    return new EmdFile(file, IMAGES + "/" + best, chosen, others);
  }

  private static MdxFormatException none(Hdf5File file, List<String> complex, List<String> empty) {
    if (!empty.isEmpty()) {
      return file.error(
          IMAGES + "/" + empty.get(0),
          "frames",
          "a movie without any: the recording ended before the first",
          "record it again");
    }
    if (!complex.isEmpty()) {
      String id = complex.get(0);
      return file.error(
          IMAGES + "/" + id,
          "an image of numbers",
          file.type(IMAGES + "/" + id + "/Data") + ", such as a Fourier transform (FFT)",
          "export the image that it was computed from");
    }
    return file.error(IMAGES, "an image", "none; the file has spectra or other data of Velox", "");
  }

  private static long pixels(Hdf5Frames f) {
    return (long) f.frames() * f.width() * f.height();
  }

  Hdf5Frames frames() {
    return frames;
  }

  /** Name of the image. */
  String id() {
    return place.substring(IMAGES.length() + 1);
  }

  /** Names of the other images of the file. */
  List<String> others() {
    return others;
  }

  /** The document of a frame; missing if there is none. */
  JsonNode metadata(int frame) {
    String at = place + "/Metadata";
    int[] shape = file.has(at) ? file.shape(at) : new int[0];
    if (shape.length == 0 || frame >= shape[shape.length - 1]) {
      return MAPPER.missingNode();
    }
    byte[] text = file.column(at, frame);
    int n = 0;
    while (n < text.length && text[n] != 0) {
      n++;
    }
    try {
      JsonNode node = MAPPER.readTree(text, 0, n);
      return node == null ? MAPPER.missingNode() : node;
    } catch (JsonProcessingException e) {
      throw new MdxFormatException(
          file.path(), at + ", column " + frame, "JSON", e.getOriginalMessage(), "", e);
    } catch (IOException e) {
      throw new MdxFormatException(
          file.path(), at + ", column " + frame, "JSON", String.valueOf(e.getMessage()), "", e);
    }
  }
}
