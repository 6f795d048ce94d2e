package org.rondo.cli.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.spark.SparkConf;
import org.rondo.cli.submit.LikelyMemory;
import org.rondo.driver.jobs.ExecutorMemory;
import org.rondo.ingest.StorageReason;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.runs.Plans;
import org.rondo.runs.Settings;

/** Looks at what a configuration asks for: its text, the room for its tasks, its output. */
public final class RunDoctor {
  private final Settings settings;
  private final Plans plans;
  private final Configuration hadoop;

  /**
   * @param hadoop how this process sees file systems
   */
  public RunDoctor(Settings settings, Configuration hadoop) {
    this.settings = settings;
    this.hadoop = hadoop;
    plans = new Plans(settings);
  }

  /**
   * What a preset leaves open, text and output, is looked at where it is given.
   *
   * @param notes hears what is guessed
   */
  public List<Finding> examine(SparkConf conf, Consumer<String> notes) {
    var findings = new ArrayList<Finding>();
    boolean given = isGiven("data.path") || isGiven("data.train");
    if (given && plans.ofText() && !plans.ofDocuments()) {
      findings.add(looked("text", "name a text that can be read", this::text));
    }
    findings.add(looked("buffers", "correct the configuration", () -> buffers(conf, notes)));
    if (isGiven("output")) {
      findings.add(
          looked(
              "output",
              "choose another output, or change that folder's permissions",
              this::output));
    }
    return findings;
  }

  private boolean isGiven(String key) {
    return settings.optional(key).isPresent();
  }

  /** What is looked at in a place that may be missing, or out of reach. */
  private interface Look {
    Finding get() throws IOException;
  }

  private static Finding looked(String topic, String cure, Look look) {
    try {
      return look.get();
    } catch (IOException | RuntimeException e) {
      String found = e instanceof IOException ? StorageReason.of(e) : e.getMessage();
      return Finding.ill(topic, found, cure);
    }
  }

  private Finding text() {
    return Finding.well("text", Corpus.describeText(plans.corpus(), hadoop));
  }

  private Finding buffers(SparkConf conf, Consumer<String> notes) {
    var memory = new ExecutorMemory(conf, new LikelyMemory(settings, hadoop).of(plans, notes));
    memory.provide(); // as for a run
    return memory
        .shortage()
        .map(
            shortage ->
                Finding.ill("buffers", shortage.found() + "; " + plans.sizes(), shortage.cure()))
        .orElseGet(() -> Doctor.buffers(memory));
  }

  /** The nearest folder that exists must let the run's folder be made. */
  private Finding output() throws IOException {
    Path output = new Path(plans.output());
    FileSystem files = output.getFileSystem(hadoop);
    Path existing = files.makeQualified(output);
    while (!files.exists(existing)) {
      existing = existing.getParent();
    }
    if (!files.getFileStatus(existing).isDirectory()) {
      throw new IOException(
          String.format(Locale.ROOT, "%s is a file, so no folder can be made there", existing));
    }
    files.access(existing, FsAction.WRITE);
    return Finding.well("output", existing + " can be written to");
  }
}
