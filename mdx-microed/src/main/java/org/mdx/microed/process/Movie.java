package org.mdx.microed.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mdx.io.image.ImageFiles;
import org.mdx.io.image.ImageFormat;
import org.mdx.io.image.ImageHeader;

/**
 * The images of one crystal.
 *
 * @param name of the crystal and its folder
 * @param files that hold the images; the first says what kind they are
 * @param words that name the images to {@code dials.import}
 * @param values that go with them, such as {@code image_range}
 */
public record Movie(String name, List<Path> files, List<String> words, Map<String, String> values) {
  private static final Pattern VELOX =
      Pattern.compile("(?:.*[ _])?(\\d{8})[ _](\\d{4})(?:[ _].*)?");
  private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d+)(\\.[A-Za-z0-9.]+)");
  private static final Pattern IMAGE =
      Pattern.compile("(?i).*\\.(cbf|img|mrc|tiff?)(\\.(gz|bz2))?");
  private static final List<String> CONVERTED = List.of("Velox EMD", "TIFF");

  public Movie {
    files = List.copyOf(files);
    words = List.copyOf(words);
    values = Map.copyOf(values);
  }

  /**
   * The movie that a path names: a file, a template in which {@code #} stands for a digit, or a
   * folder with the images of one sweep. Its name is {@code YYYYMMDD_HHMM} if that is in the file's
   * name, as Velox writes it, and otherwise the name without number and extension.
   *
   * @param path file, template or folder
   * @return the movie
   * @throws IOException if there is no such file, or the folder cannot be read
   * @throws IllegalArgumentException if there are no images
   */
  public static Movie of(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    String file = absolute.getFileName().toString();
    if (file.contains("#")) {
      return template(absolute, file.replaceAll("[_-]?#+\\..*", ""));
    } else if (Files.isDirectory(absolute)) {
      return folder(absolute);
    } else if (!Files.exists(absolute)) {
      throw new NoSuchFileException(path.toString());
    }
    return new Movie(name(file), List.of(absolute), List.of(absolute.toString()), Map.of());
  }

  /** The crystal's name by that of its file. */
  static String name(String file) {
    String stem = file.replaceAll("(?i)(_master)?\\.[A-Za-z][A-Za-z0-9]*(\\.(gz|bz2))?$", "");
    Matcher velox = VELOX.matcher(stem);
    String name = velox.matches() ? velox.group(1) + "_" + velox.group(2) : stem;
    return name.replaceAll("[^\\p{L}\\p{N}_.-]", "_");
  }

  private static Movie template(Path template, String name) throws IOException {
    String file = template.getFileName().toString();
    Pattern pattern =
        Pattern.compile(
            Pattern.quote(file).replaceAll("#+", "\\\\E\\\\d+\\\\Q") + "(\\.(gz|bz2))?");
    List<Path> files = list(template.getParent(), pattern);
    if (files.isEmpty()) {
      throw new IllegalArgumentException(template + ": there are no such images");
    }
    return new Movie(name(name + ".cbf"), files, List.of("template=" + template), Map.of());
  }

  private static Movie folder(Path folder) throws IOException {
    List<Path> files = list(folder, IMAGE);
    if (files.isEmpty()) {
      throw new IllegalArgumentException(
          folder + ": no images (.cbf, .img, .mrc, .tif) in this folder");
    }
    Matcher first = NUMBERED.matcher(files.get(0).getFileName().toString());
    if (files.size() > 1 && first.matches()) {
      String digits = "#".repeat(first.group(2).length());
      String template = first.group(1) + digits + first.group(3).replaceAll("\\.(gz|bz2)$", "");
      Movie all = template(folder.resolve(template), folder.getFileName().toString());
      if (all.files().size() == files.size()) {
        return all;
      }
    }
    return new Movie(
        name(folder.getFileName() + ".cbf"),
        files,
        files.stream().map(Path::toString).toList(),
        Map.of());
  }

  private static List<Path> list(Path folder, Pattern name) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(p -> name.matcher(p.getFileName().toString()).matches()).sorted().toList();
    }
  }

  /**
   * The crystals of a file set in which each trigger of the detector recorded another one.
   *
   * @param imagesPerTrigger images of each crystal; 0 takes the number from the file
   * @return one movie each, {@code NAME-000} and so on
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if the file does not say, or its images are not whole wedges
   */
  public List<Movie> wedges(int imagesPerTrigger) throws IOException {
    ImageHeader header = ImageFiles.header(files.get(0));
    int frames = files.size() > 1 ? files.size() : header.frames();
    int each = imagesPerTrigger;
    if (each == 0) {
      String told = header.details().getOrDefault("nimages", "");
      if (!told.matches("[1-9]\\d{0,8}")) {
        throw new IllegalArgumentException(
            files.get(0) + " does not say how many images a trigger has; give it: --wedge N");
      }
      each = Integer.parseInt(told);
    }
    if (frames % each != 0) {
      throw new IllegalArgumentException(
          files.get(0) + " has " + frames + " images, which are no whole wedges of " + each);
    }
    List<Movie> wedges = new ArrayList<>();
    for (int i = 0; i < frames / each; i++) {
      Map<String, String> all = new LinkedHashMap<>(values);
      all.put("image_range", (i * each + 1) + "," + (i + 1) * each);
      wedges.add(new Movie(String.format(Locale.ROOT, "%s-%03d", name, i), files, words, all));
    }
    return wedges;
  }

  /**
   * Whether the images are of a kind that DIALS reads by an extension only, if at all: Velox EMD
   * and plain TIFF.
   *
   * @return whether to convert them
   * @throws IOException if the first file cannot be read
   */
  public boolean needsConversion() throws IOException {
    ImageFormat format = ImageFiles.format(files.get(0));
    return CONVERTED.contains(format.name());
  }

  /**
   * What the header says, by the names of values: {@code oscillation}, {@code wavelength}, {@code
   * pixel_size}, {@code distance}, as far as it does. A converted movie has no other header.
   *
   * @return this movie with those values
   * @throws IOException if the first file cannot be read
   */
  public Movie withHeader() throws IOException {
    ImageHeader h = ImageFiles.header(files.get(0));
    Map<String, String> all = new LinkedHashMap<>();
    number(all, "wavelength", h.beam().wavelength());
    number(all, "distance", h.distance());
    pair(all, "oscillation", h.scan().start(), h.scan().width());
    pair(all, "pixel_size", h.panels().get(0).pixelWidth(), h.panels().get(0).pixelHeight());
    all.putAll(values);
    return new Movie(name, files, files.stream().map(Path::toString).toList(), all);
  }

  /**
   * This movie with one more value.
   *
   * @param value name of the value, such as {@code distance}
   * @param text what it is
   * @return a movie
   */
  public Movie with(String value, String text) {
    Map<String, String> all = new LinkedHashMap<>(values);
    all.put(value, text);
    return new Movie(name, files, words, all);
  }

  private static void number(Map<String, String> all, String name, OptionalDouble v) {
    v.ifPresent(d -> all.put(name, Double.toString(d)));
  }

  private static void pair(
      Map<String, String> all, String name, OptionalDouble a, OptionalDouble b) {
    if (a.isPresent() && b.isPresent()) {
      all.put(name, a.getAsDouble() + "," + b.getAsDouble());
    }
  }
}
