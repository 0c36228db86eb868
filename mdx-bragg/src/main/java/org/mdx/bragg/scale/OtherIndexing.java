package org.mdx.bragg.scale;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mdx.bragg.internal.intensity.UniqueGroups;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.MetricSymmetry;
import org.mdx.crystal.SpaceGroup;

/**
 * Whether sweeps agree better when they are indexed in another way that their lattice allows.
 * Sweeps that were indexed apart often are not indexed alike; scaled together, their intensities
 * are averages of different reflections.
 */
final class OtherIndexing {
  /** Degrees. */
  private static final double TOLERANCE = 3;

  private static final int FEWEST = 20;
  private static final double MARGIN = 0.15;

  /** Difference of correlations over its standard deviation, after Fisher's transformation. */
  private static final double SIGNIFICANT = 4;

  private static final int NAMED = 5;

  private final ScalingData data;
  private final double[] y;
  private final List<ChangeOfBasis> ways;

  /** For each way and group the group that it becomes, −1 if it was not measured. */
  private final int[][] image;

  private final double[] sum;
  private final int[] count;

  /** Of the intensities of a sweep with those of the sweeps before it. */
  private record Agreement(double cc, int pairs) {}

  private OtherIndexing(ScalingData data, SpaceGroup group, List<ChangeOfBasis> ways) {
    this.data = data;
    this.ways = ways;
    double[] means = sweepMeans();
    y =
        DeltaCcHalf.overShellMeans(
            data, 0, data.measured, i -> data.value[i] / means[data.sweep[i]]);
    int groups = data.groups.size();
    image = new int[ways.size()][];
    for (int w = 0; w < image.length; w++) {
      image[w] = image(ways.get(w), group);
    }
    sum = new double[groups];
    count = new int[groups];
  }

  /**
   * What to tell.
   *
   * @param data measurements
   * @param crystal of the first sweep
   * @return one note, or none
   */
  static List<String> notes(ScalingData data, Crystal crystal) {
    SpaceGroup group = crystal.spaceGroup();
    List<ChangeOfBasis> ways;
    try {
      ways = MetricSymmetry.of(crystal.cell(), group, TOLERANCE).cosets(group.laueGroup());
    } catch (IllegalArgumentException e) {
      return List.of(); // a cell without the symmetry of its group, which others complain of
    }
    ways = ways.stream().filter(w -> keeps(group, w)).toList();
    return ways.size() < 2 ? List.of() : new OtherIndexing(data, group, ways).compared();
  }

  /** Whether the crystal has the same symmetry in the other axes. */
  private static boolean keeps(SpaceGroup group, ChangeOfBasis way) {
    try {
      return group.transformed(way).laueGroup().equals(group.laueGroup());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private int[] image(ChangeOfBasis way, SpaceGroup group) {
    int n = data.groups.size();
    int[] hkl = new int[6 * n];
    int[] m = way.indexMatrix(1, 1, 1);
    for (int g = 0; g < n; g++) {
      for (int i = 0; i < 3; i++) {
        hkl[3 * g + i] = data.groups.index(g, i);
        for (int k = 0; k < 3; k++) {
          hkl[3 * (n + g) + i] += data.groups.index(g, k) * m[3 * k + i];
        }
      }
    }
    int[] to = new int[n];
    Arrays.fill(to, -1);
    UniqueGroups both = UniqueGroups.of(hkl, group);
    for (int u = 0; u < both.size(); u++) {
      int first = both.member(both.start(u));
      for (int q = both.start(u); q < both.start(u + 1); q++) {
        if (both.member(q) >= n && first < n) {
          to[both.member(q) - n] = first;
        }
      }
    }
    return to;
  }

  /** What to tell of the sweeps that are not indexed as most are, or as the reference is. */
  private List<String> compared() {
    int[][] members = members();
    boolean reference = data.size() > data.measured;
    List<Integer> order =
        IntStream.range(0, members.length)
            .boxed()
            .sorted(Comparator.comparingInt(s -> -members[s].length))
            .collect(Collectors.toCollection(ArrayList::new));
    Place[] first = placed(order, members);
    int usual = reference ? 0 : usual(first, members);
    Place[] places = first;
    if (usual != 0) {
      // again, from a sweep that is indexed as most are
      order.sort(Comparator.comparing(s -> first[s].way() != usual));
      places = placed(order, members);
    }
    List<String> named = new ArrayList<>();
    for (int s = 0; s < places.length; s++) {
      if (places[s].way() != 0) {
        named.add(s + places[s].text(ways));
      }
    }
    if (named.isEmpty()) {
      return List.of();
    }
    String rest = named.size() > NAMED ? " and " + (named.size() - NAMED) + " more" : "";
    return List.of(
        "intensities say that these sweeps are indexed in another way than the "
            + (reference ? "reference: " : "others: ")
            + String.join(", ", named.subList(0, Math.min(NAMED, named.size())))
            + rest
            + "; the averages are of different reflections; run mdx cosym before scaling");
  }

  /** The way of a sweep, and how it agrees with those before it in each. */
  private record Place(int way, Agreement[] all) {
    String text(List<ChangeOfBasis> ways) {
      return String.format(
          Locale.ROOT, " (%s: %.2f, not %.2f)", ways.get(way), all[way].cc(), all[0].cc());
    }
  }

  /** Adds sweeps to the reference, each in the way in which it agrees best with those before. */
  private Place[] placed(List<Integer> order, int[][] members) {
    Arrays.fill(sum, 0);
    Arrays.fill(count, 0);
    addReference();
    Place[] places = new Place[members.length];
    for (int s : order) {
      Agreement[] all = agreements(members[s]);
      places[s] = new Place(best(all), all);
      add(members[s], image[places[s].way()]);
    }
    return places;
  }

  /** The way of most measurements. */
  private int usual(Place[] places, int[][] members) {
    int[] sizes = new int[ways.size()];
    for (int s = 0; s < places.length; s++) {
      sizes[places[s].way()] += members[s].length;
    }
    return IntStream.range(0, sizes.length).reduce(0, (a, b) -> sizes[b] > sizes[a] ? b : a);
  }

  private void addReference() {
    if (data.size() > data.measured) {
      double[] reference =
          DeltaCcHalf.overShellMeans(data, data.measured, data.size(), i -> data.value[i]);
      for (int i = 0; i < reference.length; i++) {
        sum[data.group[data.measured + i]] += reference[i];
        count[data.group[data.measured + i]]++;
      }
    }
  }

  /**
   * Mean intensity of each sweep. Scale factors would be finer, but were fitted to what may be
   * other reflections.
   */
  private double[] sweepMeans() {
    double[] means = new double[data.sweeps()];
    int[] n = new int[means.length];
    for (int i = 0; i < data.measured; i++) {
      means[data.sweep[i]] += data.value[i];
      n[data.sweep[i]]++;
    }
    for (int s = 0; s < means.length; s++) {
      means[s] = means[s] > 0 ? means[s] / n[s] : 1;
    }
    return means;
  }

  private int[][] members() {
    int[] n = new int[data.sweeps()];
    for (int i = 0; i < data.measured; i++) {
      n[data.sweep[i]]++;
    }
    int[][] members = new int[n.length][];
    for (int s = 0; s < n.length; s++) {
      members[s] = new int[n[s]];
    }
    for (int i = data.measured - 1; i >= 0; i--) {
      members[data.sweep[i]][--n[data.sweep[i]]] = i;
    }
    return members;
  }

  /** Of a sweep with the means of those before it, for each way. */
  private Agreement[] agreements(int[] members) {
    Agreement[] out = new Agreement[ways.size()];
    for (int w = 0; w < out.length; w++) {
      int n = 0;
      double a = 0;
      double b = 0;
      double aa = 0;
      double bb = 0;
      double ab = 0;
      for (int i : members) {
        int g = image[w][data.group[i]];
        if (g >= 0 && count[g] > 0) {
          double mean = sum[g] / count[g];
          n++;
          a += y[i];
          b += mean;
          aa += y[i] * y[i];
          bb += mean * mean;
          ab += y[i] * mean;
        }
      }
      double spread = (aa - a * a / n) * (bb - b * b / n);
      boolean known = n >= FEWEST && spread > 0;
      out[w] = new Agreement(known ? (ab - a * b / n) / Math.sqrt(spread) : Double.NaN, n);
    }
    return out;
  }

  /** The way to take: that of the indices unless another one is clearly better. */
  private static int best(Agreement[] all) {
    int best = 0;
    for (int w = 1; w < all.length; w++) {
      if (all[w].cc() > all[best].cc()) {
        best = w;
      }
    }
    double n = Math.min(all[best].pairs(), all[0].pairs());
    double z = (atanh(all[best].cc()) - atanh(all[0].cc())) * Math.sqrt(Math.max(0, n - 3) / 2);
    return all[best].cc() > all[0].cc() + MARGIN && z > SIGNIFICANT ? best : 0;
  }

  private static double atanh(double x) {
    double r = Math.max(-0.999, Math.min(0.999, x));
    return 0.5 * Math.log((1 + r) / (1 - r));
  }

  private void add(int[] members, int[] to) {
    for (int i : members) {
      int g = to[data.group[i]];
      if (g >= 0) {
        sum[g] += y[i];
        count[g]++;
      }
    }
  }
}
