package org.mdx.io.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.mdx.io.instrument.Setting;

/**
 * Finds values by who says them first: the user, the profile, the header. Keeps a record of it, and
 * of what nobody says.
 */
final class Lookup {
  static final String ASSUMED = "assumed";

  private final ImportOptions options;
  private final List<SourcedValue> findings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  Lookup(ImportOptions options) {
    this.options = options;
  }

  /** A value and who said it. */
  record Found<T>(T value, String source) {
    <R> Found<R> map(Function<T, R> change) {
      return new Found<>(change.apply(value), source);
    }
  }

  /** Whether a reference says what header and profile would otherwise. */
  private boolean covered(Setting<?> s) {
    return options.reference().isPresent()
        && s != Setting.START
        && s != Setting.WIDTH
        && s != Setting.EXPOSURE
        && s != Setting.MASK;
  }

  /** What the user or the profile says. */
  <T> Optional<Found<T>> given(Setting<T> s) {
    Optional<T> override = options.overrides().get(s);
    if (override.isPresent()) {
      String option = s.option().isEmpty() ? s.key() : s.option();
      return Optional.of(new Found<>(override.get(), option));
    }
    return covered(s)
        ? Optional.empty()
        : options.profile().get(s).map(v -> new Found<>(v, "profile " + options.profileName()));
  }

  /** What either of two settings says that mean the same; the user's first. */
  <T, A, B> Optional<Found<T>> given(
      Setting<A> a, Function<A, T> fromA, Setting<B> b, Function<B, T> fromB) {
    boolean overridden = options.overrides().get(b).isPresent();
    Optional<Found<T>> one = given(a).map(f -> f.map(fromA));
    return one.isPresent() && !overridden ? one : given(b).map(f -> f.map(fromB)).or(() -> one);
  }

  /** What the user, the profile or the header says. */
  Optional<Found<Double>> find(Setting<Double> s, OptionalDouble header) {
    return given(s).or(() -> fromHeader(header));
  }

  <T> Optional<Found<T>> fromHeader(Optional<T> value) {
    return value.map(v -> new Found<>(v, base()));
  }

  Optional<Found<Double>> fromHeader(OptionalDouble value) {
    return value.isPresent()
        ? Optional.of(new Found<>(value.getAsDouble(), base()))
        : Optional.empty();
  }

  /** Who says what is in the header that is looked at. */
  String base() {
    return options.reference().isPresent() ? "reference geometry" : "header";
  }

  void tell(String what, String value, String source) {
    findings.add(new SourcedValue(what, value, source));
  }

  void note(String note) {
    notes.add(note);
  }

  /** Nobody says a thing that is needed; the value given stands for it until that is reported. */
  <T> Found<T> missing(String what, String cure, T placeholder) {
    missing.add(what + " (" + cure + ")");
    return new Found<>(placeholder, "");
  }

  boolean isComplete() {
    return missing.isEmpty();
  }

  /** Everything that nobody says, in one message. */
  IllegalArgumentException incomplete(Object file) {
    return new IllegalArgumentException(
        file
            + ": the header does not tell "
            + String.join(", ", missing)
            + "; give the options in brackets, or an instrument profile");
  }

  List<SourcedValue> findings() {
    return findings;
  }

  List<String> notes() {
    return notes;
  }
}
