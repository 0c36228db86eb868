package org.mdx.scaling;

import java.io.Serializable;
import java.util.List;
import org.mdx.internal.kernel.Coordinates;

/**
 * The observations of a range of neighbouring voxels, sweep after sweep; within a sweep in rising
 * order of voxels. Only what takes part: valid observations of voxels that have more than one. What
 * was rejected takes part again in a copy on another machine.
 */
final class Block implements Serializable {
  private static final long serialVersionUID = 1;

  /** Number of the block's first voxel among all. */
  final int firstVoxel;

  /** Number of voxels. */
  final int voxels;

  /** Where the observations of each sweep begin; one more for the end. */
  final int[] start;

  /** Voxel of each observation, counted from the block's first. */
  final char[] voxel;

  /** Panel of each observation, or null where there is one only. */
  final char[] panel;

  final float[] intensity;

  /** Standard error, negative once rejected; null where the expected intensity decides. */
  final float[] error;

  /** Variance without signal, or null where errors are given. */
  final float[] fixed;

  /** Variance for each unit of signal, negative once rejected; null where errors are given. */
  final float[] slope;

  final float[] phi;
  final float[] s;
  final float[] ix;
  final float[] iy;

  private transient boolean changed;

  Block(int firstVoxel, int voxels, int[] start, boolean panels, boolean expected) {
    this.firstVoxel = firstVoxel;
    this.voxels = voxels;
    this.start = start;
    int n = start[start.length - 1];
    voxel = new char[n];
    panel = panels ? new char[n] : null;
    intensity = new float[n];
    error = expected ? null : new float[n];
    fixed = expected ? new float[n] : null;
    slope = expected ? new float[n] : null;
    phi = new float[n];
    s = new float[n];
    ix = new float[n];
    iy = new float[n];
  }

  /** The same observations, of voxels with other numbers. */
  Block(int firstVoxel, Block other) {
    this(firstVoxel, other, other.error, other.slope);
  }

  private Block(Block other, float[] error, float[] slope) {
    this(other.firstVoxel, other, error, slope);
  }

  private Block(int firstVoxel, Block other, float[] error, float[] slope) {
    this.firstVoxel = firstVoxel;
    voxels = other.voxels;
    start = other.start;
    voxel = other.voxel;
    panel = other.panel;
    intensity = other.intensity;
    this.error = error;
    fixed = other.fixed;
    this.slope = slope;
    phi = other.phi;
    s = other.s;
    ix = other.ix;
    iy = other.iy;
  }

  private Object writeReplace() {
    return slope == null
        ? new Block(this, magnitude(error), null)
        : new Block(this, null, magnitude(slope));
  }

  private static float[] magnitude(float[] signed) {
    float[] out = new float[signed.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.abs(signed[i]);
    }
    return out;
  }

  /** The observations' coordinates on the axes of a term. */
  Coordinates at(Terms.Kind kind) {
    return switch (kind) {
      case A -> new Coordinates(panel, ix, iy, phi);
      case B -> new Coordinates(null, phi, null, null);
      case C -> new Coordinates(null, s, phi, null);
      case D -> new Coordinates(panel, ix, iy, null);
    };
  }

  int size() {
    return voxel.length;
  }

  /** Takes an observation over from another block of the same columns. */
  void copy(int at, char voxelHere, Block from, int i) {
    voxel[at] = voxelHere;
    if (panel != null) {
      panel[at] = from.panel[i];
    }
    intensity[at] = from.intensity[i];
    if (slope == null) {
      error[at] = from.error[i];
    } else {
      fixed[at] = from.fixed[i];
      slope[at] = from.slope[i];
    }
    phi[at] = from.phi[i];
    s[at] = from.s[i];
    ix[at] = from.ix[i];
    iy[at] = from.iy[i];
  }

  boolean isUsed(int i) {
    return (slope == null ? error : slope)[i] > 0;
  }

  /** All columns of floats, in the order in which they are stored. */
  List<float[]> floats() {
    return slope == null
        ? List.of(intensity, error, phi, s, ix, iy)
        : List.of(intensity, fixed, slope, phi, s, ix, iy);
  }

  /** Whether observations have been rejected or readmitted. */
  boolean isChanged() {
    return changed;
  }

  void reject(int i) {
    changed = true;
    float[] sign = slope == null ? error : slope;
    sign[i] = -Math.abs(sign[i]);
  }

  /** Lets all that was rejected take part again. */
  void readmit() {
    changed = true;
    float[] sign = slope == null ? error : slope;
    for (int i = 0; i < sign.length; i++) {
      sign[i] = Math.abs(sign[i]);
    }
  }
}
