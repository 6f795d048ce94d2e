package org.rondo.cli;

import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.rondo.cli.exit.InterruptPlugin;
import org.rondo.cli.terminal.StatusLine;
import org.rondo.driver.jobs.ExecutorMemory;
import org.rondo.driver.ui.TrainingPlugin;
import org.rondo.runs.Plans;
import org.rondo.runs.Settings;
import org.rondo.runs.SparkAccess;
import org.rondo.runs.spark.SparkStart;
import org.rondo.training.JobMemory;

/**
 * The context of Spark of one command, started when it is first needed: a text is prepared before,
 * rows are read by it. Closing it stops what was started.
 */
final class CommandSpark implements AutoCloseable {
  private final String command;
  private final Settings settings;
  private final Optional<String> master;
  private final StatusLine status;
  private Optional<JavaSparkContext> started = Optional.empty();

  /**
   * @param command what the application is called
   * @param master as {@code --master} gives it
   * @param status shows that Spark starts
   */
  CommandSpark(String command, Settings settings, Optional<String> master, StatusLine status) {
    this.command = command;
    this.settings = settings;
    this.master = master;
    this.status = status;
  }

  /** Whose executors have room for a job, unless it was started before. */
  JavaSparkContext context(JobMemory memory) {
    if (started.isEmpty()) {
      SparkConf conf = SparkStart.conf(settings, master);
      InterruptPlugin.install(conf);
      TrainingPlugin.install(conf, new Plans(settings).kernels());
      new ExecutorMemory(conf, memory).provide();
      status.show("starting Spark");
      started = Optional.of(SparkStart.context(command, conf));
    }
    return started.get();
  }

  /**
   * How data are prepared: a text that is trained in this process is read by it as well.
   *
   * @param session of Spark
   */
  static SparkAccess preparing(Plans plans, boolean inProcess, SparkAccess session) {
    return inProcess && plans.ofText() && !plans.ofDocuments()
        ? SparkAccess.none("--in-process starts no Spark for a text")
        : session;
  }

  /** To read rows, whose network is not known yet: with room for a likely one. */
  SparkSession session() {
    return session(new Plans(settings).rows().likelyMemory());
  }

  /** As {@link #session()}, with that much room. */
  SparkSession session(JobMemory memory) {
    JavaSparkContext context = context(memory);
    return SparkSession.builder().sparkContext(context.sc()).getOrCreate();
  }

  @Override
  public void close() {
    started.ifPresent(JavaSparkContext::close);
  }
}
