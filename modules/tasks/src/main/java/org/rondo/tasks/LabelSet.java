package org.rondo.tasks;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.rondo.kernels.ValueException;

/** The labels that training rows have: a class of the network is a label's index. Immutable. */
public final class LabelSet {
  private static final int MOST_SHOWN = 10;

  /**
   * A label.
   *
   * @param name as the data has it
   * @param count how often the training rows have it
   */
  public record Label(String name, long count) {
    public Label {
      ValueException.unlessGiven("name", name);
      ValueException.unless(count >= 0, "count", count, "must be >= 0");
    }
  }

  private final List<Label> all;
  private final Map<String, Integer> indexes = new HashMap<>();

  /**
   * Labels in that order.
   *
   * @throws IllegalArgumentException if there are none, or one comes twice
   */
  @JsonCreator
  public LabelSet(List<Label> all) {
    ValueException.unless(!all.isEmpty(), "labels", all, "must not be empty");
    for (Label label : all) {
      ValueException.unlessGiven("label", label);
      if (indexes.putIfAbsent(label.name(), indexes.size()) != null) {
        throw new ValueException("label", label.name(), "comes twice");
      }
    }
    this.all = List.copyOf(all);
  }

  /** Labels with their counts, by index. */
  @JsonValue
  public List<Label> all() {
    return all;
  }

  /** Names by index. */
  public List<String> names() {
    return all.stream().map(Label::name).toList();
  }

  /** Number of labels. */
  public int size() {
    return all.size();
  }

  /** Name of a label. */
  public String name(int index) {
    return all.get(index).name();
  }

  /** Index of a label, -1 if the training rows have no such. */
  public int index(String name) {
    return indexes.getOrDefault(name, -1);
  }

  /**
   * Index of a label that a row has.
   *
   * @param role of its column
   * @throws UnseenLabelException if the training rows have no such label
   */
  public int index(Example row, String role, String name) {
    int index = index(name);
    if (index < 0) {
      throw row.unseen(
          role,
          String.format(
              Locale.ROOT, "holds '%s', which no training row has; they have %s", name, this));
    }
    return index;
  }

  /** The names, the first ones if there are many. */
  @Override
  public String toString() {
    String shown = names().stream().limit(MOST_SHOWN).collect(Collectors.joining(", "));
    int more = size() - MOST_SHOWN;
    return more > 0 ? String.format(Locale.ROOT, "%s and %d more", shown, more) : shown;
  }
}
