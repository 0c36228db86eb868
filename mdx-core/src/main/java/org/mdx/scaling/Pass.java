package org.mdx.scaling;

import java.io.Serializable;
import org.mdx.internal.kernel.NormalKernel;

/**
 * What is to be done with all observations at one point of a refinement: the terms as they are
 * then, and what is to be summed. Immutable and small, so that it can be sent to where the
 * observations are; nothing in it is for others to see.
 */
public final class Pass implements Serializable {
  private static final long serialVersionUID = 1;

  /** What is done. */
  enum Work {
    /** Sums of shells, with the observations as they are. */
    COUNT,
    /** Merge and reject. */
    MERGE,
    /** The normal equations of a term, after a merge if it is to be merged again. */
    FIT,
    /** Means of the terms. */
    MEANS,
    /** Observations of some voxels. */
    SAMPLE
  }

  final Work work;
  final Terms.Values terms;

  /** As the merge before has found them. */
  final VoxelMerge.Shells shells;

  /** Of a fit. */
  final Terms.Kind kind;

  /** Whether voxels are merged with these terms. */
  final boolean isMerging;

  /** Standard errors beyond which observations are rejected once merged, infinite to keep all. */
  final double cutoff;

  /** Whether only those below their prediction are rejected, as in mdx2. */
  final boolean isOneSided;

  /** One voxel in how many is drawn. */
  final int every;

  private Pass(
      Work work,
      Terms.Values terms,
      VoxelMerge.Shells shells,
      Terms.Kind kind,
      boolean isMerging,
      Rejection rejection,
      int every) {
    this.work = work;
    this.terms = terms;
    this.shells = shells;
    this.kind = kind;
    this.isMerging = isMerging;
    this.cutoff = rejection.cutoff;
    this.isOneSided = rejection.isOneSided;
    this.every = every;
  }

  /** Which observations are rejected once voxels are merged. */
  record Rejection(double cutoff, boolean isOneSided) {
    static final Rejection NONE = new Rejection(Double.POSITIVE_INFINITY, false);
  }

  static Pass count(Terms.Values terms) {
    return new Pass(Work.COUNT, terms, VoxelMerge.Shells.NONE, null, false, Rejection.NONE, 0);
  }

  static Pass merge(Terms.Values terms, VoxelMerge.Shells shells, Rejection rejection) {
    return new Pass(Work.MERGE, terms, shells, null, true, rejection, 0);
  }

  /** A fit of one term, with voxels merged before unless the rejection is null. */
  static Pass fit(
      Terms.Kind kind, Terms.Values terms, VoxelMerge.Shells shells, Rejection rejection) {
    boolean merging = rejection != null;
    return new Pass(
        Work.FIT, terms, shells, kind, merging, merging ? rejection : Rejection.NONE, 0);
  }

  static Pass means(Terms.Values terms) {
    return new Pass(Work.MEANS, terms, VoxelMerge.Shells.NONE, null, false, Rejection.NONE, 0);
  }

  static Pass sample(int every) {
    return new Pass(Work.SAMPLE, null, VoxelMerge.Shells.NONE, null, false, Rejection.NONE, every);
  }

  boolean isRejecting() {
    return cutoff < Double.POSITIVE_INFINITY;
  }

  /** Systems of normal equations. */
  int systems() {
    return kind == Terms.Kind.D ? 1 : terms.a().length;
  }

  /** Elements of a control point in the normal equations of a term. */
  static int elements(Terms.Kind kind) {
    return switch (kind) {
      case A -> NormalKernel.SPACE;
      case B -> NormalKernel.LINE;
      default -> NormalKernel.PLANE;
    };
  }

  /**
   * What the normal equations in the answer of one lane take.
   *
   * @return bytes at the most; 0 if the pass is not a fit
   */
  public long answerBytes() {
    long bytes = 0;
    for (int t = 0; work == Work.FIT && t < systems(); t++) {
      bytes += Double.BYTES * (elements(kind) + 1L) * terms.points(kind, t).values().length;
    }
    return bytes;
  }

  /** What one lane answers. Nothing in it is for others to see. */
  public static final class Answer implements Serializable {
    private static final long serialVersionUID = 1;

    /** Normal equations, of a fit. */
    final NormalSums sums;

    /** Sums of shells. */
    final double[] shells;

    final Normalisation means;

    /** Observations rejected. */
    long outliers;

    /** What was drawn of the lane's blocks, and which part of the sample each belongs to. */
    Block[] drawn = {};

    int[] part = {};

    Answer(NormalSums sums, double[] shells, Normalisation means) {
      this.sums = sums;
      this.shells = shells;
      this.means = means;
    }

    @Override
    public String toString() {
      return "Answer[" + outliers + " outliers]";
    }
  }

  @Override
  public String toString() {
    return "Pass[" + work + (kind == null ? "" : " " + kind) + "]";
  }
}
