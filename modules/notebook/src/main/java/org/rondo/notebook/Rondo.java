package org.rondo.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.rondo.driver.ui.TrainingPlugin;
import org.rondo.runs.Settings;
import org.rondo.training.Versions;

/**
 * Where a notebook begins: the Spark that it has, and a folder for what it makes.
 *
 * <pre>{@code
 * val rondo = Rondo.on(sc, "/tmp/rondo")
 * val text = rondo.characters("/data/novel.txt")
 * val run = rondo.trainer(text).cell("lstm").units(128).rounds(40).train()
 * println(run.curveTable)
 * println(run.generate("The ", 300))
 * }</pre>
 */
public final class Rondo {
  /** Folders of prepared texts begin with it. */
  static final String TEXT = "text-as-";

  private static final String PLUGIN = TrainingPlugin.class.getName();

  private final JavaSparkContext spark;
  private final String folder;

  private Rondo(SparkContext spark, String folder) {
    this.spark = JavaSparkContext.fromSparkContext(spark);
    this.folder = folder;
  }

  /**
   * On the context of the notebook, which stays the notebook's to stop.
   *
   * @param folder for prepared texts and runs, on any file system of Hadoop that the driver and all
   *     executors reach
   */
  public static Rondo on(SparkContext spark, String folder) {
    return new Rondo(spark, folder);
  }

  /**
   * Prepares a text to be learned character by character, unless it is prepared already.
   *
   * @param path a file, a folder or a glob; its last tenth measures progress
   * @throws RondoException if the text is missing or cannot be read
   */
  public PreparedText characters(String path) {
    return prepare(path, "characters");
  }

  /** As {@link #characters}, word by word; words are what white space separates. */
  public PreparedText words(String path) {
    return prepare(path, "words");
  }

  private PreparedText prepare(String path, String tokenizer) {
    // Each path has a folder of its own; the hash of a string is the same in every JVM.
    String prepared =
        String.format(Locale.ROOT, "%s/%s%s-%08x", folder, TEXT, tokenizer, path.hashCode());
    var keys =
        Map.of(
            "data.path", path,
            "data.tokenizer", tokenizer,
            "data.prepared", prepared);
    return RondoException.plainly(
        () ->
            PreparedText.of(Trainer.with(Settings.defaults(), keys), spark.hadoopConfiguration()));
  }

  /** What trains networks on a text; everything else is as the defaults say. */
  public Trainer trainer(PreparedText text) {
    return new Trainer(spark, folder, "run", text.settings()).named("run");
  }

  /** Versions, Spark and where training is to be seen; and what would be better, with the cure. */
  @Override
  public String toString() {
    var lines = new ArrayList<String>();
    lines.add(
        String.format(
            Locale.ROOT,
            "Rondo %s on Spark %s, %s; runs go to %s",
            Versions.rondo(),
            spark.version(),
            spark.master(),
            folder));
    lines.add(trainingTab());
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      lines.add(
          "The driver computes slowly, without jdk.incubator.vector: set"
              + " spark.driver.extraJavaOptions and spark.executor.extraJavaOptions to"
              + " --add-modules=jdk.incubator.vector before Spark starts");
    }
    return String.join("\n", lines);
  }

  private String trainingTab() {
    if (!List.of(spark.getConf().get("spark.plugins", "").split(",")).contains(PLUGIN)) {
      return String.format(
          Locale.ROOT,
          "Spark's pages have no Training tab: add %s to spark.plugins before Spark starts",
          PLUGIN);
    }
    return spark.sc().uiWebUrl().isDefined()
        ? String.format(Locale.ROOT, "The Training tab: %s/training/", spark.sc().uiWebUrl().get())
        : "Spark shows no pages, so there is no Training tab: spark.ui.enabled is false";
  }
}
