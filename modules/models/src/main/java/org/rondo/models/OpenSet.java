package org.rondo.models;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.rondo.kernels.Services;

/** The members of an interface that {@link Services} finds, by name. */
public final class OpenSet {
  private OpenSet() {}

  /** Every member, in the order of the class path. */
  public static <M> List<M> members(Class<M> type) {
    return Services.load(type);
  }

  /**
   * The member of that name.
   *
   * @param what the kind of member, for the message
   * @throws IllegalArgumentException if none has it, naming those that exist
   */
  public static <M> M find(Class<M> type, String what, Function<M, String> name, String wanted) {
    var names = new ArrayList<String>();
    for (M member : members(type)) {
      if (name.apply(member).equals(wanted)) {
        return member;
      }
      names.add(name.apply(member));
    }
    Collections.sort(names);
    throw new ValueException(what, wanted, "no such " + what + "; there are " + names);
  }
}
