package org.mdx.scaling;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;

/**
 * A lane of a {@link DistributedScaling} with its observations, in memory: 26 bytes for each (30
 * where variances follow the expected intensity, 2 more with several panels) and 8 to 18 for each
 * voxel.
 *
 * <p>Its state, which observations have been rejected and what voxels were merged to, is a function
 * of its observations and of the passes that a request names. A lane that is behind does again what
 * it has missed; one that has done other passes begins anew. A copy on another machine has the
 * observations alone.
 */
public final class ResidentLane implements Serializable {
  private static final long serialVersionUID = 1;

  private final int number;

  /** Blocks of the lanes before. */
  private final int before;

  private final Block[] blocks;

  /** Made of the blocks where they have arrived. */
  private transient Blocks here;

  private transient Lane lane;

  /** Passes that have rejected observations; null if one was left off on its way. */
  private transient List<Long> rejecting;

  /** The pass that has merged last, or −1. */
  private transient long merged;

  ResidentLane(int number, int before, Blocks filled) {
    this.before = before;
    this.number = number;
    blocks = new Block[filled.count()];
    Arrays.setAll(blocks, filled::open);
    begin();
  }

  /**
   * The passes that a lane's state comes from, and the one that it is to do.
   *
   * @param rejecting numbers of those that rejected observations, rising, since all were readmitted
   * @param merged number of the last that merged voxels; −1 if that does not matter
   * @param asked number of the one to be done
   */
  public record Request(List<Long> rejecting, long merged, long asked) implements Serializable {

    /** Keeps a copy. */
    public Request {
      rejecting = List.copyOf(rejecting);
    }

    /**
     * All passes.
     *
     * @return their numbers
     */
    public List<Long> numbers() {
      List<Long> all = new ArrayList<>(rejecting);
      if (merged >= 0 && !rejecting.contains(merged)) {
        all.add(merged);
      }
      all.add(asked);
      return all;
    }
  }

  /**
   * Which lane it is.
   *
   * @return from 0
   */
  public int number() {
    return number;
  }

  /**
   * Observations.
   *
   * @return how many
   */
  public long observations() {
    return Arrays.stream(blocks).mapToLong(Block::size).sum();
  }

  /**
   * What observations and voxels take.
   *
   * @return bytes
   */
  public long bytes() {
    long bytes = 0;
    for (Block b : blocks) {
      int row = (b.panel == null ? 1 : 2) * Character.BYTES + b.floats().size() * Float.BYTES;
      int voxel = b.slope == null ? Double.BYTES : 2 * Double.BYTES + Character.BYTES;
      bytes += (long) row * b.size() + (long) voxel * b.voxels;
    }
    return bytes;
  }

  /**
   * Does a pass.
   *
   * @param request which
   * @param passes each pass that the request tells of; only those that this lane has not done are
   *     asked for
   * @return what it answers
   */
  public synchronized Pass.Answer run(Request request, LongFunction<Pass> passes) {
    if (lane == null) {
      begin();
    }
    List<Long> done = rejecting;
    rejecting = null; // whoever stops on the way leaves nothing that is known
    if (done == null || !isBegin(done, request.rejecting())) {
      lane.readmit();
      done = new ArrayList<>();
      merged = -1;
    }
    Evaluation x = new Evaluation(here.mostObservations(), here.mostVoxels());
    for (long again : request.rejecting().subList(done.size(), request.rejecting().size())) {
      answer(again, passes.apply(again), x);
      done.add(again);
    }
    if (request.merged() >= 0 && request.merged() != merged) {
      lane.mergeAgain(passes.apply(request.merged()), x);
      merged = request.merged();
    }
    Pass pass = passes.apply(request.asked());
    Pass.Answer answer = answer(request.asked(), pass, x);
    if (pass.isRejecting()) {
      done.add(request.asked());
    }
    rejecting = done;
    return answer;
  }

  private Pass.Answer answer(long asked, Pass pass, Evaluation x) {
    boolean fits = pass.work == Pass.Work.FIT;
    Pass.Answer answer = lane.run(pass, x, fits ? new NormalSums(pass.systems()) : null);
    merged = pass.isMerging ? asked : merged;
    return answer;
  }

  private static boolean isBegin(List<Long> done, List<Long> wanted) {
    return done.size() <= wanted.size() && done.equals(wanted.subList(0, done.size()));
  }

  private void begin() {
    here = new Blocks(blocks[0].panel != null, blocks[0].slope != null, null);
    for (Block block : blocks) {
      here.add(block);
    }
    lane = new Lane(here, 0, here.count(), before, false);
    rejecting = new ArrayList<>();
    merged = -1;
  }

  @Override
  public String toString() {
    return "ResidentLane[" + number + ", " + observations() + " observations]";
  }
}
