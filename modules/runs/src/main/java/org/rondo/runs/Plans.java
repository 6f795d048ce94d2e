package org.rondo.runs;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.rondo.evaluation.GenerationPlan;
import org.rondo.ingest.Corpus;
import org.rondo.ingest.CorpusPlan;
import org.rondo.ingest.InvalidUtf8;
import org.rondo.ingest.SplitPlan;
import org.rondo.ingest.TextOrder;
import org.rondo.ingest.Vocabulary;
import org.rondo.ingest.VocabularyPlan;
import org.rondo.models.CellSpec;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.RecurrentStack;
import org.rondo.training.CheckpointPlan;
import org.rondo.training.ClipPlan;
import org.rondo.training.DataPlan;
import org.rondo.training.DiagnosticsPlan;
import org.rondo.training.EvaluationPlan;
import org.rondo.training.GrowthPlan;
import org.rondo.training.KernelPlan;
import org.rondo.training.OptimizerPlan;
import org.rondo.training.OuterPlan;
import org.rondo.training.RoundPlan;
import org.rondo.training.SchedulePlan;
import org.rondo.training.SlotPolicy;
import org.rondo.training.SyncPlan;
import org.rondo.training.TrainingPlan;
import org.rondo.training.UpdatePlan;
import org.rondo.training.WireFormat;

/** The one place where configuration keys become the plans that the other modules take. */
public final class Plans {
  private final Settings settings;

  public Plans(Settings settings) {
    this.settings = settings;
  }

  /**
   * Checks what can be checked before anything starts.
   *
   * @throws SettingsException if a key holds what it cannot, or kernels are named that do not run
   */
  public void check() {
    generation();
    timeLimit();
    network(1);
    training();
    checked(() -> kernels().choose());
  }

  /** Folder of the run. */
  public String output() {
    return settings.text("output");
  }

  /**
   * Folder of the prepared corpus.
   *
   * @throws SettingsException if it has a blank name
   */
  public String prepared() {
    return place("data.prepared")
        .orElseGet(() -> place("output").map(output -> output + "/corpus").orElseGet(this::output));
  }

  /** A blank path would stand for the root, or for a folder that nobody sees. */
  private Optional<String> place(String key) {
    Optional<String> path = settings.optional(key);
    if (path.isPresent() && path.get().isBlank()) {
      throw new SettingsException(
          String.format(Locale.ROOT, "%s = \"%s\" is blank, expected a path", key, path.get()));
    }
    return path;
  }

  /** What decides the prepared corpus. */
  public CorpusPlan corpus() {
    return checked(
        () ->
            new CorpusPlan(
                splits(),
                settings.text("data.tokenizer"),
                new VocabularyPlan(
                    settings.whole("data.minimum_count"),
                    settings.whole("data.maximum_vocabulary")),
                InvalidUtf8.named(settings.text("data.invalid_utf8")),
                settings.flag("data.lowercase")));
  }

  /** What decides how a text is encoded by a vocabulary that is there already. */
  public CorpusPlan corpus(String text, Vocabulary vocabulary) {
    return checked(
        () ->
            new CorpusPlan(
                new SplitPlan.ByFile(text, "", ""),
                vocabulary.tokenizer(),
                VocabularyPlan.EVERYTHING,
                InvalidUtf8.named(settings.text("data.invalid_utf8")),
                vocabulary.lowercase()));
  }

  private SplitPlan splits() {
    Optional<String> path = place("data.path");
    Optional<String> train = place("data.train");
    if (path.isPresent() == train.isPresent()) {
      throw new SettingsException(
          path.isPresent()
              ? "data.path and data.train are both set, and each is the text to learn: choose one"
              : "data.path is required: the text to learn; or data.train, data.validation and"
                  + " data.test where it is split already");
    }
    String text = path.or(() -> train).get();
    String validation = place("data.validation").orElse("");
    String test = place("data.test").orElse("");
    double validationFraction = fraction("data.validation", validation);
    double testFraction = fraction("data.test", test);
    if (path.isPresent() && validation.isEmpty() && test.isEmpty()) {
      return new SplitPlan.ByFraction(text, validationFraction, testFraction);
    }
    return validationFraction == 0 && testFraction == 0
        ? new SplitPlan.ByFile(text, validation, test)
        : new SplitPlan.ByFractionAndFile(text, validationFraction, testFraction, validation, test);
  }

  /** The share that a split takes of the text to learn; none where it has a text of its own. */
  private double fraction(String split, String text) {
    String key = split + "_fraction";
    double fraction = settings.number(key);
    if (text.isEmpty()) {
      return fraction;
    }
    if (fraction > 0 && fraction != Settings.defaults().number(key)) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "%s = %s and %s = %s are both set; choose one",
              split,
              text,
              key,
              fraction));
    }
    return 0;
  }

  /**
   * The network over a vocabulary of that size.
   *
   * @throws SettingsException naming all of its keys, since what is wrong may lie between them
   */
  public NetworkSpec network(int vocabulary) {
    try {
      NetworkSpec network = NetworkSpec.languageModel(vocabulary, stack());
      Network.layout(network); // reads every option of the cell
      return network;
    } catch (SettingsException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "configuration: %s; configured is %s",
              e.getMessage(),
              settings.under("network.")),
          e);
    }
  }

  private RecurrentStack stack() {
    var cell =
        new CellSpec(
            settings.text("network.cell"),
            settings.whole("network.units"),
            new Options(settings.cellOptions()));
    return new RecurrentStack(
        cell,
        settings.whole("network.layers"),
        settings.number("network.dropout"),
        settings.flag("network.residual"),
        settings.flag("network.bidirectional"));
  }

  /**
   * How the network is trained. The number of rounds that {@code train.epochs} takes is known with
   * the corpus, see {@link #training(Corpus)}; until then it is the greatest there is.
   */
  public TrainingPlan training() {
    return training(epochs() == 0 ? settings.whole("train.rounds") : Integer.MAX_VALUE);
  }

  /**
   * How the network is trained on that corpus.
   *
   * @throws SettingsException if {@code train.epochs} takes more rounds than there can be
   */
  public TrainingPlan training(Corpus corpus) {
    TrainingPlan plan = training();
    if (epochs() == 0) {
      return plan;
    }
    long minibatches = minibatches(BigDecimal.valueOf(epochs()), plan.minibatchesPerEpoch(corpus));
    int rounds = plan.sync().growth().rounds(plan.rounds().syncEvery(), minibatches);
    if (rounds == Integer.MAX_VALUE) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "train.epochs = %s takes %d minibatches per shard, more than 2^31 rounds of train.sync_every = %d; lower it",
              settings.text("train.epochs"),
              minibatches,
              plan.rounds().syncEvery()));
    }
    return training(rounds);
  }

  /** In decimal arithmetic, so that a tenth of 30 is not more than 3; at most 2^62. */
  private static long minibatches(BigDecimal epochs, long perEpoch) {
    return epochs
        .multiply(BigDecimal.valueOf(perEpoch))
        .setScale(0, RoundingMode.CEILING)
        .min(BigDecimal.valueOf(1L << 62))
        .longValueExact();
  }

  /** Passes over the training text; 0 if {@code train.rounds} decides. */
  private double epochs() {
    double epochs = settings.number("train.epochs");
    if (epochs < 0) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "configuration: train.epochs must be >= 0 (0: train.rounds decides), got %s",
              settings.text("train.epochs")));
    }
    if (epochs > 0 && settings.isGiven("train.rounds") && settings.whole("train.rounds") != 0) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "configuration: train.rounds = %s and train.epochs = %s are both set; give one of them and set the other to 0",
              settings.text("train.rounds"),
              settings.text("train.epochs")));
    }
    return epochs;
  }

  /** How long a run may train. */
  public TimeLimit timeLimit() {
    return checked(() -> new TimeLimit(settings.number("train.time_limit")));
  }

  private TrainingPlan training(int rounds) {
    return checked(
        () ->
            new TrainingPlan(
                settings.wholeLong("seed"),
                settings.whole("shards"),
                new DataPlan(
                    TextOrder.named(settings.text("data.order")),
                    settings.whole("data.shard_memory")),
                new RoundPlan(
                    rounds,
                    settings.whole("train.sync_every"),
                    settings.whole("train.batch"),
                    settings.whole("train.unroll")),
                new UpdatePlan(clip(), optimizer(), schedule()),
                sync(),
                new EvaluationPlan(
                    settings.whole("evaluate.every"),
                    settings.whole("evaluate.streams"),
                    settings.whole("evaluate.batch"),
                    settings.whole("early_stopping.patience")),
                new CheckpointPlan(
                    settings.whole("checkpoint.every"),
                    settings.whole("checkpoint.keep"),
                    settings.whole("checkpoint.retries")),
                kernels(),
                new DiagnosticsPlan(settings.flag("diagnostics.gradients"))));
  }

  /** What trains. */
  public Engine engine() {
    return Engine.named(settings.text("engine"));
  }

  /** What computes. */
  public KernelPlan kernels() {
    return checked(
        () ->
            new KernelPlan(
                settings.text("kernels.matmul"),
                settings.text("kernels.elementwise"),
                settings.text("precision"),
                settings.flag("kernels.allow_mixed")));
  }

  private ClipPlan clip() {
    return new ClipPlan(
        settings.number("train.clip_norm"),
        settings.number("train.clip_value"),
        settings.number("train.scale_norm"));
  }

  private OptimizerPlan optimizer() {
    return new OptimizerPlan(
        settings.text("optimizer.name"),
        settings.number("optimizer.learning_rate"),
        settings.number("optimizer.momentum"),
        settings.number("optimizer.beta1"),
        settings.number("optimizer.beta2"),
        settings.number("optimizer.epsilon"),
        settings.number("optimizer.weight_decay"));
  }

  private SchedulePlan schedule() {
    return new SchedulePlan(
        settings.text("schedule.name"),
        settings.wholeLong("schedule.every"),
        settings.number("schedule.factor"),
        settings.wholeLong("schedule.warm_up"),
        settings.number("schedule.minimum"),
        settings.whole("schedule.patience"));
  }

  private SyncPlan sync() {
    return new SyncPlan(
        settings.text("sync.name"),
        new OuterPlan(
            momentum(), settings.number("sync.learning_rate"), settings.flag("sync.nesterov")),
        SlotPolicy.named(settings.text("sync.slots")),
        new GrowthPlan(settings.number("sync.growth"), settings.whole("sync.maximum")),
        settings.whole("sync.warm_up"),
        WireFormat.named(settings.text("sync.wire")));
  }

  private double momentum() {
    String momentum = settings.text("sync.momentum");
    if (momentum.equals("auto")) {
      return OuterPlan.momentumFor(settings.whole("shards"));
    }
    try {
      return Double.parseDouble(momentum);
    } catch (NumberFormatException e) {
      throw new SettingsException(
          String.format(Locale.ROOT, "sync.momentum = %s, expected auto or a number", momentum), e);
    }
  }

  /** Text that generation goes on from. */
  public String prime() {
    return settings.text("generate.prime");
  }

  /** How text is generated. */
  public GenerationPlan generation() {
    return checked(
        () ->
            new GenerationPlan(
                settings.whole("generate.length"),
                settings.number("generate.temperature"),
                settings.whole("generate.top_k"),
                settings.number("generate.top_p"),
                settings.wholeLong("generate.seed")));
  }

  /** A plan that refuses its values is an error of the configuration. */
  private static <T> T checked(Supplier<T> plan) {
    try {
      return plan.get();
    } catch (SettingsException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new SettingsException("configuration: " + e.getMessage(), e);
    }
  }
}
