package org.rondo.kernels;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.function.Function;

/**
 * One of Rondo's open sets: an interface, and its members by name, Rondo's own and those of users,
 * found by {@link ServiceLoader}. Of equal names the first on the class path counts.
 *
 * <p>Spark loads the jars of an application, and a notebook its own, through class loaders below
 * the one that may have loaded Rondo; a thread that runs their code has such a loader as its
 * context. Members are looked for there, or beside the interface where the context does not know
 * it.
 *
 * <p>A class path is searched once, and again when a member is missing, since its jar may have come
 * later. All threads share the members, which therefore hold no state.
 */
public final class OpenSet<M> {
  private final Class<M> type;
  private final String key;
  private final String kind;
  private final Function<M, String> name;

  /** By class loader; held softly, so that a loader that nobody else holds can be unloaded. */
  private final Map<ClassLoader, SoftReference<SortedMap<String, M>>> found = new WeakHashMap<>();

  /**
   * @param key of the configuration that chooses a member, for messages
   * @param kind of member in a word, for messages
   * @param name of a member
   */
  public OpenSet(Class<M> type, String key, String kind, Function<M, String> name) {
    this.type = type;
    this.key = key;
    this.kind = kind;
    this.name = name;
  }

  /** Every member by its name; a jar that came after the first search may be missing. */
  public SortedMap<String, M> members() {
    SortedMap<String, M> known = known(loader());
    return known == null ? search() : known;
  }

  private synchronized SortedMap<String, M> known(ClassLoader loader) {
    SoftReference<SortedMap<String, M>> known = found.get(loader);
    return known == null ? null : known.get();
  }

  /** Names of {@link #members}. */
  public List<String> names() {
    return List.copyOf(members().keySet());
  }

  /**
   * The member of that name.
   *
   * @throws ValueException if there is none, with the names that there are
   */
  public M named(String wanted) {
    return find(wanted)
        .orElseThrow(
            () -> {
              String rule = String.format(Locale.ROOT, "no such %s; there are %s", kind, names());
              return new ValueException(key, wanted, rule);
            });
  }

  /** The member of that name; searches the class path again before there is none. */
  public Optional<M> find(String wanted) {
    return first(member -> Optional.of(member).filter(m -> name.apply(m).equals(wanted)));
  }

  /** What the first member gives that gives anything; searches again before none does. */
  public <R> Optional<R> first(Function<M, Optional<R>> of) {
    Optional<R> known = first(members().values(), of);
    return known.isPresent() ? known : first(search().values(), of);
  }

  private static <M, R> Optional<R> first(Collection<M> members, Function<M, Optional<R>> of) {
    return members.stream().flatMap(member -> of.apply(member).stream()).findFirst();
  }

  /** Every member, with those whose jars have come since the last search. */
  public SortedMap<String, M> search() {
    // Without the lock: what a member's class needs may look for members as well.
    ClassLoader loader = loader();
    var made = new ArrayList<M>();
    ServiceLoader.load(type, loader).forEach(made::add);
    return remember(loader, made);
  }

  /** Keeps the members that are known, and adds new ones. */
  private synchronized SortedMap<String, M> remember(ClassLoader loader, List<M> made) {
    var members = new TreeMap<String, M>();
    SortedMap<String, M> known = known(loader);
    if (known != null) {
      members.putAll(known);
    }
    made.forEach(member -> members.putIfAbsent(name.apply(member), member));
    SortedMap<String, M> all = Collections.unmodifiableSortedMap(members);
    found.put(loader, new SoftReference<>(all));
    return all;
  }

  private ClassLoader loader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return sees(context) ? context : type.getClassLoader();
  }

  /** Whether it is that class, not another one of the same name, that the loader knows. */
  private boolean sees(ClassLoader loader) {
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
