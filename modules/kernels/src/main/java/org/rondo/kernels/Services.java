package org.rondo.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Finds the members of Rondo's open sets, its own and those of users.
 *
 * <p>Spark loads the jars of an application, and a notebook its own, through class loaders below
 * the one that may have loaded Rondo; a thread that runs their code has such a loader as its
 * context.
 */
public final class Services {
  private Services() {}

  /**
   * New members of that type, in the order of the class path: those that the calling thread's
   * context sees, or where that does not see the type itself, those beside the type.
   */
  public static <S> List<S> load(Class<S> type) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    var found = new ArrayList<S>();
    ServiceLoader.load(type, sees(context, type) ? context : type.getClassLoader())
        .forEach(found::add);
    return found;
  }

  /** Whether it is that class, not another one of the same name, that the loader knows. */
  private static boolean sees(ClassLoader loader, Class<?> type) {
    if (loader == null) {
      return false;
    }
    try {
      return Class.forName(type.getName(), false, loader) == type;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
