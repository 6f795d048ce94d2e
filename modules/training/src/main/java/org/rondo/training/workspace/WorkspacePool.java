package org.rondo.training.workspace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * The workspaces of this process, lent to one task at a time: planning products and packing weights
 * is slow, and their native memory must not hang on threads that an executor lets die. As many
 * exist as tasks run at once, and a few idle ones, all of the {@value #KEYS} keys lent last: a job
 * trains on one and evaluates on the other, so that a new job frees what jobs before it left.
 */
public final class WorkspacePool {
  private static final WorkspacePool SHARED =
      new WorkspacePool(2 * Runtime.getRuntime().availableProcessors());

  private static final int KEYS = 2;

  private final int maximumIdle;
  private final Deque<WorkspaceKey> lentLast = new ArrayDeque<>();
  private final Deque<Idle> idle = new ArrayDeque<>();

  private record Idle(WorkspaceKey key, Workspace workspace) {}

  WorkspacePool(int maximumIdle) {
    this.maximumIdle = maximumIdle;
  }

  /** The pool of this process. */
  public static WorkspacePool shared() {
    return SHARED;
  }

  /** Frees the idle workspaces of this process. */
  public static void clear() {
    SHARED.closeIdle(0);
  }

  /** Lends a workspace to {@code task}; one whose task fails is closed, not lent again. */
  public <R> R lend(WorkspaceKey key, Function<Workspace, R> task) {
    freeOtherKeys(key);
    Workspace workspace = take(key);
    boolean done = false;
    try {
      R result = task.apply(workspace);
      done = true;
      return result;
    } finally {
      if (done) {
        giveBack(key, workspace);
      } else {
        workspace.close();
      }
    }
  }

  private Workspace take(WorkspaceKey key) {
    synchronized (this) {
      for (Iterator<Idle> i = idle.iterator(); i.hasNext(); ) {
        Idle candidate = i.next();
        if (candidate.key().equals(key)) {
          i.remove();
          return candidate.workspace();
        }
      }
    }
    return new Workspace(key);
  }

  private void giveBack(WorkspaceKey key, Workspace workspace) {
    synchronized (this) {
      idle.addFirst(new Idle(key, workspace));
    }
    closeIdle(maximumIdle);
  }

  /** Closes the idle workspaces of all keys but this and those lent last before it. */
  private void freeOtherKeys(WorkspaceKey key) {
    List<Workspace> superfluous = new ArrayList<>();
    synchronized (this) {
      lentLast.remove(key);
      lentLast.addFirst(key);
      if (lentLast.size() > KEYS) {
        lentLast.removeLast();
      }
      for (Iterator<Idle> i = idle.iterator(); i.hasNext(); ) {
        Idle candidate = i.next();
        if (!lentLast.contains(candidate.key())) {
          i.remove();
          superfluous.add(candidate.workspace());
        }
      }
    }
    superfluous.forEach(Workspace::close);
  }

  /** Closes the idle workspaces that were used longest ago, until {@code keep} are left. */
  private void closeIdle(int keep) {
    List<Workspace> superfluous = new ArrayList<>();
    synchronized (this) {
      while (idle.size() > keep) {
        superfluous.add(idle.removeLast().workspace());
      }
    }
    superfluous.forEach(Workspace::close);
  }
}
