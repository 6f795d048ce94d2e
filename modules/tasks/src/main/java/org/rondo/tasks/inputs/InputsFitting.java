package org.rondo.tasks.inputs;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;

/** The inputs of the training rows, which are all of one kind: that of the first. */
public final class InputsFitting implements Serializable {
  private static final long serialVersionUID = 1L;

  private final InputPlan plan;

  /** JSON of a vocabulary; empty if none was given. */
  private final String given;

  /** Null before the first row. */
  private InputFitting input;

  /**
   * @param given JSON of a vocabulary that is taken as it is; empty to count tokens
   */
  public InputsFitting(InputPlan plan, String given) {
    this.plan = plan;
    this.given = given;
  }

  /**
   * Takes in a row.
   *
   * @throws org.rondo.tasks.BadExampleException if it cannot be used; then nothing of it is counted
   */
  public void add(Example row, Counts counts) {
    InputFitting next = fitting(row);
    next.add(row, counts);
    input = next;
  }

  /**
   * Steps of a row, also those that are not kept.
   *
   * @throws org.rondo.tasks.BadExampleException if the row cannot be used
   */
  public int steps(Example row) {
    return fitting(row).steps(row);
  }

  private InputFitting fitting(Example row) {
    InputKind kind = kind(row);
    InputFitting next = input == null ? fitting(kind) : input;
    if (next.kind() != kind) {
      throw row.refused(
          kind.role(),
          String.format(Locale.ROOT, "has a value, where rows before had %s", next.kind().role()));
    }
    return next;
  }

  private InputFitting fitting(InputKind kind) {
    return switch (kind) {
      case SERIES -> new SeriesFitting(plan);
      case AUDIO -> new AudioFitting(plan);
      case WORDS, CHARACTERS, BPE, TOKENS -> new TokenFitting(kind, plan, given);
    };
  }

  private InputKind kind(Example row) {
    List<InputKind> kinds = plan.kinds();
    if (kinds.size() == 1) {
      return kinds.get(0);
    }
    List<InputKind> there = kinds.stream().filter(kind -> row.has(kind.role())).toList();
    if (there.isEmpty()) {
      throw row.refused("text", "has no value, nor has tokens or series");
    }
    if (there.size() > 1) {
      throw row.refused(
          there.get(0).role(),
          String.format(
              Locale.ROOT,
              "has a value as %s has: choose one by %s.input",
              there.get(1).role(),
              plan.task()));
    }
    return there.get(0);
  }

  /** Takes in what a later part gathered. */
  public void merge(InputsFitting next) {
    if (input == null) {
      input = next.input;
    } else if (next.input != null) {
      if (input.kind() != next.input.kind()) {
        throw plan.refused(
            "some training rows have %s, others %s", input.kind().role(), next.input.kind().role());
      }
      input.merge(next.input);
    }
  }

  /**
   * What the rows come to; there is one at least.
   *
   * @param counts is told what only all rows tell
   */
  public RowInput input(Counts counts) {
    return input.input(counts);
  }
}
