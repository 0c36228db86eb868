package org.mdx.crystal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Names of the 530 tabulated settings of the 230 space groups. Holds names only: operators come
 * from the Hall symbols. The resource {@code settings.tsv} is written by {@code
 * src/main/scripts/space-group-settings.py}.
 */
final class SpaceGroupTable {
  /** The symbols with e of International Tables A, table 1.3.3, each before the one without. */
  private static final String[] WITH_E = {
    "A e m 2", "A b m 2",
    "B m e 2", "B m a 2",
    "B 2 e m", "B 2 c m",
    "C 2 m e", "C 2 m b",
    "C m 2 e", "C m 2 a",
    "A e 2 m", "A c 2 m",
    "A e a 2", "A b a 2",
    "B b e 2", "B b a 2",
    "B 2 e b", "B 2 c b",
    "C 2 c e", "C 2 c b",
    "C c 2 e", "C c 2 a",
    "A e 2 a", "A c 2 a",
    "C m c e", "C m c a",
    "C c m e", "C c m b",
    "A e m a", "A b m a",
    "A e a m", "A c a m",
    "B b e m", "B b c m",
    "B m e b", "B m a b",
    "C m m e", "C m m a",
    "A e m m", "A b m m",
    "B m e m", "B m c m",
    "C c c e", "C c c a :2",
    "A e a a", "A b a a :2",
    "B b e b", "B b c b :2"
  };

  private static final List<Row> ROWS = load();
  private static final Map<String, Row> BY_HALL = new HashMap<>();
  private static final Map<String, Row> BY_HM = new HashMap<>();
  private static final Row[] REFERENCE = new Row[231];
  private static final OperatorGroup[] REFERENCE_GROUPS = new OperatorGroup[231];

  static {
    for (Row r : ROWS) {
      BY_HALL.putIfAbsent(r.hall, r);
      BY_HM.put(key(r.hm), r);
      // the reference setting is the first one, or origin choice 2
      if (REFERENCE[r.number] == null || r.hm.endsWith(":2") && isFirstSymbol(r)) {
        REFERENCE[r.number] = r;
      }
    }
    addAliases();
  }

  private SpaceGroupTable() {}

  /** One setting: number 1 to 230, Hall, Hermann–Mauguin with extension, Schoenflies symbol. */
  record Row(int number, String hall, String hm, String schoenflies) {}

  private static boolean isFirstSymbol(Row r) {
    String first = REFERENCE[r.number].hm;
    return first.endsWith(":1") && first.regionMatches(0, r.hm, 0, first.length() - 1);
  }

  private static List<Row> load() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    SpaceGroupTable.class.getResourceAsStream("settings.tsv"), "settings.tsv"),
                StandardCharsets.UTF_8))) {
      return in.lines()
          .map(line -> line.split("\t"))
          .map(f -> new Row(Integer.parseInt(f[0]), f[1], f[2], f[3]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Other spellings in use, where they are not taken by another setting. */
  private static void addAliases() {
    for (String end : new String[] {":2", ":H"}) {
      for (Row r : ROWS) {
        if (r.hm.endsWith(end)) {
          BY_HM.putIfAbsent(key(r.hm.substring(0, r.hm.length() - 3)), r);
        }
      }
    }
    for (Row r : ROWS) {
      String[] s = r.hm.split(" ");
      if (r.number >= 3 && r.number <= 15 && s[1].equals("1") && s[3].equals("1")) {
        BY_HM.putIfAbsent(key(s[0] + s[2]), r);
      }
      if (r.hm.endsWith(":H")) {
        BY_HM.putIfAbsent(key("H" + r.hm.substring(1, r.hm.length() - 3)), r);
      }
      if (r.number >= 200 && r.hm.contains("-3")) {
        String plain = r.hm.replace("-3", "3");
        BY_HM.putIfAbsent(key(plain), r);
        if (r.hm.endsWith(":2")) {
          BY_HM.putIfAbsent(key(plain.substring(0, plain.length() - 3)), r);
        }
      }
    }
    for (int i = 0; i < WITH_E.length; i += 2) {
      BY_HM.putIfAbsent(
          key(WITH_E[i]), Objects.requireNonNull(BY_HM.get(key(WITH_E[i + 1])), WITH_E[i + 1]));
    }
  }

  /** Spelling without case, spaces, underscores, and parentheses around screw components. */
  private static String key(String hm) {
    return hm.toLowerCase(Locale.ROOT).replaceAll("\\(([1-5])\\)", "$1").replaceAll("[\\s_]", "");
  }

  /** Setting of a Hall symbol as it stands in the tables, or null. */
  static Row byHall(String hall) {
    return BY_HALL.get(hall);
  }

  /** Setting of a Hermann–Mauguin symbol in any usual spelling, or null. */
  static Row byHermannMauguin(String hm) {
    return BY_HM.get(key(hm));
  }

  /** Reference setting of a number from 1 to 230. */
  static Row reference(int number) {
    return REFERENCE[number];
  }

  /** Settings of a number in the order of the tables. */
  static List<Row> settings(int number) {
    List<Row> found = new ArrayList<>();
    for (Row r : ROWS) {
      if (r.number == number) {
        found.add(r);
      }
    }
    return found;
  }

  /** Operators of the reference setting of a number from 1 to 230. */
  static OperatorGroup referenceGroup(int number) {
    synchronized (REFERENCE_GROUPS) {
      if (REFERENCE_GROUPS[number] == null) {
        REFERENCE_GROUPS[number] = OperatorGroup.of(HallSymbol.of(REFERENCE[number].hall));
      }
      return REFERENCE_GROUPS[number];
    }
  }
}
