package org.mdx.scaling;

import java.util.ArrayList;
import java.util.List;
import org.mdx.internal.kernel.NormalKernel;

/**
 * A range of blocks that one thread works through in order, and what is known of their voxels. What
 * a lane answers depends on its observations and on the passes since they were last readmitted.
 */
final class Lane {
  private final Blocks blocks;
  private final int from;
  private final int to;
  private final int before;
  private final VoxelMerge voxels;

  /** The terms of each block as they were last; null where they are evaluated in every pass. */
  private final Evaluation.Known[] known;

  /**
   * Some blocks, in memory or in a store.
   *
   * @param before blocks of all lanes before the first of these blocks
   * @param remember whether to keep the terms at all observations, 32 bytes for each
   */
  Lane(Blocks blocks, int from, int to, int before, boolean remember) {
    known = remember ? new Evaluation.Known[to - from] : null;
    this.before = before;
    this.blocks = blocks;
    this.from = from;
    this.to = to;
    voxels = new VoxelMerge(blocks, from, to);
  }

  /**
   * Does what a pass asks for.
   *
   * @param sums empty, for the normal equations of a fit; null otherwise
   */
  Pass.Answer run(Pass pass, Evaluation x, NormalSums sums) {
    boolean means = pass.work == Pass.Work.MEANS;
    Pass.Answer answer =
        new Pass.Answer(
            sums, voxels.newShells(), means ? new Normalisation(pass.terms.a().length) : null);
    if (pass.work == Pass.Work.SAMPLE) {
      draw(pass.every, answer);
      return answer;
    }
    voxels.use(pass.shells);
    for (int i = from; i < to; i++) {
      Block block = blocks.open(i);
      x.evaluate(pass.terms, block, known(i, block));
      run(pass, block, x, answer);
      blocks.close(i, block);
    }
    return answer;
  }

  private Evaluation.Known known(int number, Block block) {
    if (known == null) {
      return null;
    }
    int i = number - from;
    if (known[i] == null) {
      known[i] = new Evaluation.Known(block.size(), block.start.length - 1);
    }
    return known[i];
  }

  private void run(Pass pass, Block block, Evaluation x, Pass.Answer answer) {
    if (pass.isMerging) {
      answer.outliers += merge(pass, block, x, answer.shells);
    }
    switch (pass.work) {
      case COUNT -> voxels.count(block, x, answer.shells);
      case MEANS -> answer.means.add(block, x);
      case FIT -> {
        if (!pass.isMerging) {
          voxels.weigh(block, x);
        }
        for (int t = 0; t + 1 < block.start.length; t++) {
          if (block.start[t + 1] > block.start[t]) {
            accumulate(pass, block, t, x, answer.sums);
          }
        }
      }
      default -> {}
    }
  }

  /** Merges voxels as a pass did, after what it rejected has been. */
  void mergeAgain(Pass pass, Evaluation x) {
    voxels.use(pass.shells);
    double[] shells = voxels.newShells();
    for (int i = from; i < to; i++) {
      Block block = blocks.open(i);
      x.evaluate(pass.terms, block, known(i, block));
      voxels.merge(block, x, shells);
    }
  }

  /** Merges a block, and again without its outliers if any are to be rejected; how many were. */
  private long merge(Pass pass, Block block, Evaluation x, double[] shells) {
    long n = 0;
    if (pass.isRejecting()) {
      voxels.merge(block, x, voxels.newShells());
      for (int i = 0; i < block.size(); i++) {
        if (block.isUsed(i) && voxels.isFarther(block, x, i, pass.cutoff, pass.isOneSided)) {
          block.reject(i);
          n++;
        }
      }
    }
    voxels.merge(block, x, shells);
    return n;
  }

  /** Adds the observations of one sweep in a block to a term's normal equations. */
  private void accumulate(Pass pass, Block k, int sweep, Evaluation x, NormalSums out) {
    int first = k.start[sweep];
    int end = k.start[sweep + 1];
    Terms.Kind kind = pass.kind;
    int system = kind == Terms.Kind.D ? 0 : sweep;
    voxels.merged(k, first, end, x.merged);
    switch (kind) {
      case A -> ofProduct(x, x.d, k.intensity, first, end);
      case B -> ofScale(x, k.intensity, first, end);
      case C -> ofOffset(x, k.intensity, first, end);
      default -> ofProduct(x, x.a, k.intensity, first, end);
    }
    addSquares(x, first, end, system, out);
    Terms.Points points = pass.terms.points(kind, sweep);
    out.allot(system, Pass.elements(kind), points.values().length);
    NormalKernel normal = new NormalKernel(points.axis(), out.aa[system], out.ay[system]);
    switch (kind) {
      case A -> normal.space(k.at(kind), x.equations, first, end);
      case B -> normal.line(k.at(kind), x.equations, first, end);
      default -> normal.plane(k.at(kind), x.equations, first, end);
    }
  }

  // one loop for each kind of term: with the kind in the loop it was compiled anew for each

  /** Factors and right sides of a or d: d(b M + c) or a(b M + c), I. */
  private static void ofProduct(Evaluation x, double[] other, float[] intensity, int from, int to) {
    double[] b = x.b;
    double[] c = x.c;
    double[] m = x.merged;
    double[] g = x.g;
    double[] r = x.r;
    for (int i = from; i < to; i++) {
      g[i] = other[i] * (b[i] * m[i] + c[i]);
      r[i] = intensity[i];
    }
  }

  /** Those of b: a d M, I − a d c. */
  private static void ofScale(Evaluation x, float[] intensity, int from, int to) {
    double[] a = x.a;
    double[] c = x.c;
    double[] d = x.d;
    double[] m = x.merged;
    double[] g = x.g;
    double[] r = x.r;
    for (int i = from; i < to; i++) {
      double ad = a[i] * d[i];
      g[i] = ad * m[i];
      r[i] = intensity[i] - ad * c[i];
    }
  }

  /** Those of c: a d, I − a d b M. */
  private static void ofOffset(Evaluation x, float[] intensity, int from, int to) {
    double[] a = x.a;
    double[] b = x.b;
    double[] d = x.d;
    double[] m = x.merged;
    double[] g = x.g;
    double[] r = x.r;
    for (int i = from; i < to; i++) {
      double ad = a[i] * d[i];
      g[i] = ad;
      r[i] = intensity[i] - ad * b[i] * m[i];
    }
  }

  private static void addSquares(Evaluation x, int from, int to, int system, NormalSums out) {
    double[] e = x.e;
    double[] r = x.r;
    double yy = 0;
    long n = 0;
    for (int i = from; i < to; i++) {
      yy += e[i] * r[i] * r[i];
      n += e[i] > 0 ? 1 : 0;
    }
    out.yy[system] += yy;
    out.n[system] += n;
  }

  /** Draws a sample of the lane's blocks: so many neighbouring blocks are one part of it. */
  private void draw(int every, Pass.Answer answer) {
    int shift = before - from;
    int first = before / every;
    int parts = to > from ? (to - 1 + shift) / every - first + 1 : 0;
    answer.part = new int[parts];
    answer.drawn = new Block[parts];
    for (int p = 0; p < parts; p++) {
      List<Block> some = new ArrayList<>();
      for (int i = from; i < to; i++) {
        if ((i + shift) / every == first + p) {
          some.add(blocks.open(i));
        }
      }
      answer.part[p] = first + p;
      answer.drawn[p] = VoxelSample.draw(some, every);
    }
  }

  /** Lets all that was rejected take part again. */
  void readmit() {
    for (int i = from; i < to; i++) {
      Block block = blocks.open(i);
      block.readmit();
      blocks.close(i, block);
    }
  }
}
