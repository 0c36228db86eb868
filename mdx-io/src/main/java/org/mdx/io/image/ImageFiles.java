package org.mdx.io.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Sensor;
import org.mdx.image.FrameSelection;
import org.mdx.image.ImageSource;
import org.mdx.io.InputFile;
import org.mdx.io.MdxFormatException;
import org.mdx.math.Vec3;

/** Finds the image files of a sweep and the format that reads them. */
public final class ImageFiles {
  private static final Pattern DIGITS = Pattern.compile("#+(?!.*#)");
  private static final String[] COMPRESSED = {"", ".gz", ".bz2"};
  private static final int NAMED = 3;
  private static final int DM4_HEAD = 16;

  private ImageFiles() {}

  /**
   * The files of a template in which {@code #} stands for a digit, such as {@code lyso_####.cbf}.
   * Where a file is missing but the same name with {@code .gz} or {@code .bz2} exists, that is
   * taken.
   *
   * @param template path of which the last run of {@code #} in the file name is replaced by the
   *     number, with leading zeros; without {@code #} it is itself the only file
   * @param first number of the first image
   * @param count number of images
   * @return the files, in order; one only if the template has no {@code #}
   * @throws MdxFormatException if files are missing; it names the first of them and how many
   */
  public static List<Path> expand(Path template, int first, int count) {
    String name = String.valueOf(template.getFileName());
    Matcher digits = DIGITS.matcher(name);
    boolean numbered = digits.find();
    List<Path> files = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    int n = numbered ? count : 1;
    for (int i = 0; i < n; i++) {
      String file = name;
      if (numbered) {
        StringBuilder number = new StringBuilder().append(first + i);
        while (number.length() < digits.end() - digits.start()) {
          number.insert(0, '0');
        }
        file = name.substring(0, digits.start()) + number + name.substring(digits.end());
      }
      Path found = existing(template, file);
      if (found != null) {
        files.add(found);
      } else {
        missing.add(file);
      }
    }
    if (!missing.isEmpty()) {
      throw new MdxFormatException(
          template,
          "",
          numbered
              ? n + " images, numbers " + first + " to " + (first + n - 1)
              : "one file with all images",
          missing.size()
              + " missing: "
              + String.join(", ", missing.subList(0, Math.min(NAMED, missing.size())))
              + (missing.size() > NAMED ? ", …" : ""),
          "copy the images there or correct the path where it is given");
    }
    return files;
  }

  private static Path existing(Path template, String name) {
    for (String suffix : COMPRESSED) {
      Path file = template.resolveSibling(name + suffix);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    return null;
  }

  /**
   * The format of a file, by its content.
   *
   * @param file an existing file
   * @return the first format that recognizes it
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if no format recognizes it
   */
  public static ImageFormat format(Path file) throws IOException {
    List<String> names = new ArrayList<>();
    for (ImageFormat format :
        ServiceLoader.load(ImageFormat.class, ImageFormat.class.getClassLoader())) {
      if (format.recognizes(file)) {
        return format;
      }
      names.add(format.name());
    }
    int version = digitalMicrograph(InputFile.head(file, DM4_HEAD));
    throw new MdxFormatException(
        file,
        "",
        "an image in one of the formats " + String.join(", ", names),
        version == 0
            ? "a file that none of them recognizes"
            : "a Gatan DM" + version + " file of DigitalMicrograph, which is not read",
        version == 0
            ? "convert the images, or check that the file is not damaged"
            : "save it as MRC or TIFF with the microscope's software, or convert it with dm2mrc of"
                + " IMOD");
  }

  /** 3 or 4 for files of DigitalMicrograph (version, length, order of bytes); 0 for others. */
  private static int digitalMicrograph(byte[] head) {
    if (head.length < DM4_HEAD) {
      return 0;
    }
    ByteBuffer b = ByteBuffer.wrap(head);
    int version = b.getInt();
    long length = version == 4 ? b.getLong() : b.getInt();
    int order = b.getInt();
    return (version == 3 || version == 4) && length > 0 && (order == 0 || order == 1) ? version : 0;
  }

  /**
   * What an image file says about itself.
   *
   * @param file an existing file
   * @return its header
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if no format recognizes it or it is damaged
   */
  public static ImageHeader header(Path file) throws IOException {
    return format(file).header(file);
  }

  /**
   * Opens the frames of a sweep with the format that recognizes the first file.
   *
   * @param files existing files in the order of the frames, at least one
   * @param frames number of frames that the files hold together
   * @param detector whose panels the images have
   * @return the frames
   * @throws IOException if a file cannot be read
   * @throws MdxFormatException if no format recognizes the first file or the files do not match
   */
  public static ImageSource open(List<Path> files, int frames, Detector detector)
      throws IOException {
    return format(files.get(0)).open(files, frames, detector);
  }

  /**
   * Opens the frames of one file, with the panels that it names.
   *
   * @param file an existing file
   * @return its frames
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if no format recognizes the file or it is damaged
   */
  public static ImageSource open(Path file) throws IOException {
    return open(file, header(file));
  }

  /**
   * Opens the frames of one file of which the header is known.
   *
   * @param file an existing file
   * @param header of that file
   * @return its frames
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if no format recognizes the file or it is damaged
   */
  public static ImageSource open(Path file, ImageHeader header) throws IOException {
    ImageFormat format = format(file);
    List<Panel> panels = header.panels().stream().map(ImageFiles::unplaced).toList();
    return format.open(List.of(file), header.frames(), new Detector(panels));
  }

  /**
   * Opens some frames of one file. A file with a single frame is that frame, whatever its number.
   *
   * @param file an existing file
   * @param indices numbers of the frames in the file, from 0
   * @param detector whose panels the images have
   * @return the frames, in the order of the numbers
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if no format recognizes the file, it has no such frames, or it does
   *     not match the detector
   */
  public static ImageSource open(Path file, int[] indices, Detector detector) throws IOException {
    ImageFormat format = format(file);
    int frames = format.header(file).frames();
    ImageSource all = format.open(List.of(file), frames, detector);
    if (frames == 1 && indices.length == 1) {
      return all;
    }
    for (int i : indices) {
      if (i < 0 || i >= frames) {
        throw new MdxFormatException(
            file,
            "",
            "a frame with the number " + i + ", from 0",
            frames + " frames",
            "the scan does not belong to these images; import them again");
      }
    }
    return new FrameSelection(all, indices);
  }

  /** A panel of which only the pixels matter. */
  private static Panel unplaced(PanelHeader p) {
    return new Panel(
        p.name(),
        Vec3.ZERO,
        new Vec3(1, 0, 0),
        new Vec3(0, -1, 0),
        1,
        1,
        p.width(),
        p.height(),
        0,
        Integer.MAX_VALUE,
        Sensor.IDEAL,
        1,
        0,
        List.of(),
        p.imageX(),
        p.imageY(),
        0);
  }
}
