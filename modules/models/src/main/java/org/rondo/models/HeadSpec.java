package org.rondo.models;

import java.util.TreeMap;
import org.rondo.kernels.Counted;
import org.rondo.kernels.ValueException;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * The head of a network: what becomes of the topmost hidden states.
 *
 * @param type name of a {@link Head}
 * @param outputs number of classes, or values in each target
 * @param options of that head
 */
public record HeadSpec(String type, int outputs, Options options) {
  /** A head as it is by default. */
  public HeadSpec(String type, int outputs) {
    this(type, outputs, Options.NONE);
  }

  public HeadSpec {
    if (options == null) {
      options = Options.NONE;
    }
    ValueException.unlessGiven("type", type);
    ValueException.unless(outputs >= 1, "outputs", outputs, "must be >= 1");
  }

  /** The same without that option. */
  public HeadSpec without(String option) {
    var others = new TreeMap<String, String>(options.values());
    others.remove(option);
    return new HeadSpec(type, outputs, new Options(others));
  }

  /** As a report shows it. */
  @Override
  public String toString() {
    return type.replace('-', ' ') + ", " + Counted.of(outputs, "output") + options.words();
  }

  /**
   * The head.
   *
   * @throws IllegalArgumentException if there is none of that type, or it has no such option
   */
  public Head head() {
    Head head = Head.named(type);
    options.requireKnown("head " + type, head.options());
    return head;
  }

  /**
   * Binds the head to the workspace of a network.
   *
   * @param below the topmost hidden states
   */
  Objective bind(Workspace workspace, Signal below) {
    return head().bind(workspace, below, this);
  }
}
