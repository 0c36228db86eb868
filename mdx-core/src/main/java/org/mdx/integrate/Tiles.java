package org.mdx.integrate;

import org.mdx.image.ImageChunks;
import org.mdx.image.ImageSource;
import org.mdx.table.VoxelGrid;

/**
 * The tiles that each panel is cut into. A voxel has a key of its own in every tile: keys of tile t
 * of panel p are those of panel p·tiles + t in a grid of so many panels. Without chunks there is
 * one tile to a panel and nothing is cut.
 */
final class Tiles {
  private final int tiles;
  private final int rows;
  private final int columns;
  private final int[] across;
  private final double[][] parameters;

  /**
   * Tiles.
   *
   * @param chunks the blocks, or null for none
   * @param source the panels
   */
  Tiles(ImageChunks chunks, ImageSource source) {
    int panels = source.panels();
    int most = 1;
    across = new int[panels];
    for (int p = 0; p < panels; p++) {
      int width = source.width(p);
      across[p] = chunks == null ? 1 : chunks.tilesAcross(width);
      most = Math.max(most, chunks == null ? 1 : chunks.tiles(source.height(p), width));
    }
    tiles = most;
    rows = chunks == null ? Integer.MAX_VALUE : chunks.rows();
    columns = chunks == null ? Integer.MAX_VALUE : chunks.columns();
    parameters = new double[panels * tiles][];
  }

  /** Tiles to a panel, the most that one has. */
  int count() {
    return tiles;
  }

  /** Takes the grid whose keys will be made, one of panels × tiles panels. */
  void number(VoxelGrid grid) {
    for (int t = 0; t < parameters.length; t++) {
      parameters[t] = grid.kernelParameters(t);
    }
  }

  /** What the kernel wants to know to make the keys of a pixel and those up to the next edge. */
  double[] parameters(int panel, int iy, int ix) {
    return parameters[panel * tiles + iy / rows * across[panel] + ix / columns];
  }

  /** Pixels of a row from one on that lie in the same tile. */
  int untilEdge(int ix) {
    return columns - ix % columns;
  }
}
