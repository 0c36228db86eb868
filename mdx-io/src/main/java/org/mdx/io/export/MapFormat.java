package org.mdx.io.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mdx.crystal.UnitCell;
import org.mdx.io.MdxFormatException;
import org.mdx.io.ccp4.Ccp4;
import org.mdx.io.hdf5.Hdf5File;
import org.mdx.io.lunus.LunusLattice;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.npy.Npy;
import org.mdx.io.nxdata.NxData;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.io.volume.MapFile;
import org.mdx.io.vtk.LegacyVtk;
import org.mdx.io.vtk.Vti;
import org.mdx.io.yell.Yell;

/** Formats of dense maps. */
public enum MapFormat {
  /** mdx2's {@code map.nxs}. */
  MDX2("mdx2's NeXus", List.of("nxs"), true) {
    @Override
    boolean matches(Path path) throws IOException {
      return Mdx2.recognizes(path);
    }

    @Override
    MapFile load(Path path, Optional<UnitCell> cell) throws IOException {
      return new MapFile(Mdx2.readMap(path), Mdx2.readMapSymmetry(path));
    }

    @Override
    public void write(Path path, MapFile file, float missing) throws IOException {
      Mdx2.writeMap(path, file.map(), file.symmetry());
    }
  },
  /** HDF5 of Yell. */
  YELL("Yell 1.0", List.of("yell.h5"), true) {
    @Override
    boolean matches(Path path) throws IOException {
      return Yell.recognizes(path);
    }

    @Override
    MapFile load(Path path, Optional<UnitCell> cell) throws IOException {
      return Yell.read(path);
    }

    @Override
    public void write(Path path, MapFile file, float missing) throws IOException {
      Yell.write(path, file);
    }
  },
  /** HDF5 of meerkat; read as Yell's. */
  MEERKAT("meerkat", List.of("h5"), true) {
    @Override
    boolean matches(Path path) {
      return false;
    }

    @Override
    MapFile load(Path path, Optional<UnitCell> cell) throws IOException {
      return Yell.read(path);
    }

    @Override
    public void write(Path path, MapFile file, float missing) throws IOException {
      Yell.writeMeerkat(path, file);
    }
  },
  /** NeXus, the default data of a file. */
  NXDATA("NXdata", List.of("nx", "hdf5", "nexus"), true) {
    @Override
    boolean matches(Path path) throws IOException {
      return NxData.recognizes(path);
    }

    @Override
    MapFile load(Path path, Optional<UnitCell> cell) throws IOException {
      return NxData.read(path);
    }

    @Override
    public void write(Path path, MapFile file, float missing) throws IOException {
      NxData.write(path, file);
    }
  },
  /** CCP4 and MRC maps. */
  CCP4("CCP4/MRC", List.of("ccp4", "map", "mrc"), false) {
    @Override
    boolean matches(Path path) throws IOException {
      return Ccp4.recognizes(path);
    }

    @Override
    MapFile load(Path path, Optional<UnitCell> cell) throws IOException {
      return Ccp4.read(path);
    }

    @Override
    public void write(Path path, MapFile file, float missing) throws IOException {
      Ccp4.write(path, file, missing);
    }
  },
  /** Arrays of NumPy. */
  NPY("NPY", List.of("npy"), false) {
    @Override
    boolean matches(Path path) throws IOException {
      return Npy.recognizes(path);
    }

    @Override
    MapFile load(Path path, Optional<UnitCell> cell) throws IOException {
      return Npy.read(path);
    }

    @Override
    public void write(Path path, MapFile file, float missing) throws IOException {
      Npy.write(path, file, missing);
    }
  },
  /** VTK image data in XML. */
  VTI("VTK ImageData", List.of("vti"), false) {
    @Override
    boolean matches(Path path) throws IOException {
      return Vti.recognizes(path);
    }

    @Override
    MapFile load(Path path, Optional<UnitCell> cell) throws IOException {
      return Vti.read(path);
    }

    @Override
    public void write(Path path, MapFile file, float missing) throws IOException {
      Vti.write(path, file, missing);
    }
  },
  /** VTK as Lunus reads it; only written. */
  VTK("legacy VTK for Lunus", List.of("vtk"), false) {
    @Override
    boolean matches(Path path) {
      return false;
    }

    @Override
    MapFile load(Path path, Optional<UnitCell> cell) {
      throw new IllegalArgumentException(path + ": legacy VTK is only written, not read");
    }

    @Override
    public void write(Path path, MapFile file, float missing) throws IOException {
      LegacyVtk.write(path, file);
    }
  },
  /** Lattices of Lunus, which have no cell of their own. */
  LAT("Lunus lattice", List.of("lat"), false) {
    @Override
    boolean matches(Path path) throws IOException {
      return LunusLattice.recognizes(path);
    }

    @Override
    MapFile load(Path path, Optional<UnitCell> cell) throws IOException {
      return LunusLattice.read(
          path, new CrystalSymmetry(cell, Optional.empty()).requireCell("a Lunus lattice"));
    }

    @Override
    public void write(Path path, MapFile file, float missing) throws IOException {
      LunusLattice.write(path, file);
    }
  };

  private final String title;
  private final List<String> extensions;
  private final boolean hdf5;

  MapFormat(String title, List<String> extensions, boolean hdf5) {
    this.title = title;
    this.extensions = extensions;
    this.hdf5 = hdf5;
  }

  abstract boolean matches(Path path) throws IOException;

  abstract MapFile load(Path path, Optional<UnitCell> cell) throws IOException;

  /**
   * Writes a map.
   *
   * @param path the file, which appears whole or not at all
   * @param file the map
   * @param missing written where nothing was measured, in CCP4, NPY and VTK ImageData; NaN to say
   *     so. The other formats have a way of their own
   * @throws IOException if the file cannot be written
   * @throws IllegalArgumentException if the format needs a cell and there is none
   */
  public abstract void write(Path path, MapFile file, float missing) throws IOException;

  /**
   * What it is called.
   *
   * @return its name
   */
  public String title() {
    return title;
  }

  /**
   * The format that a file name asks for.
   *
   * @param path the file to be written
   * @return the format; empty if the extension is none of a map
   */
  public static Optional<MapFormat> ofName(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    for (MapFormat f : values()) {
      for (String e : f.extensions) {
        if (name.endsWith("." + e)) {
          return Optional.of(f);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The format of a file, from its content.
   *
   * @param path an existing file
   * @return the format; empty if it is none that is read
   * @throws IOException if it cannot be read
   * @throws MdxFormatException if it is damaged
   */
  public static Optional<MapFormat> of(Path path) throws IOException {
    boolean hdf5 = Hdf5File.recognizes(path);
    for (MapFormat f : values()) {
      if (f.hdf5 == hdf5 && f.matches(path)) {
        return Optional.of(f);
      }
    }
    return Optional.empty();
  }

  /**
   * Reads a map of any format.
   *
   * @param path the file
   * @param symmetry what is known of the crystal beside the file; it comes before what the file
   *     says
   * @return the map
   * @throws IOException if it does not exist or cannot be read
   * @throws MdxFormatException if it is damaged or of no known format
   * @throws IllegalArgumentException if the format needs a cell and there is none
   */
  public static MapFile read(Path path, CrystalSymmetry symmetry) throws IOException {
    MapFormat format = of(path).orElseThrow(() -> unknown(path));
    MapFile file = format.load(path, symmetry.cell());
    return new MapFile(file.map(), symmetry.or(file.symmetry()));
  }

  private static MdxFormatException unknown(Path path) {
    List<String> titles = new ArrayList<>();
    for (MapFormat f : values()) {
      if (f != VTK) {
        titles.add(f.title);
      }
    }
    return new MdxFormatException(
        path, "", "a map in one of the formats " + String.join(", ", titles), "another file", "");
  }
}
