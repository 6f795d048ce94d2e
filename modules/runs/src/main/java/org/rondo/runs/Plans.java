package org.rondo.runs;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.rondo.evaluation.GenerationPlan;
import org.rondo.ingest.DataOrder;
import org.rondo.ingest.Split;
import org.rondo.ingest.StorageReason;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.ingest.corpus.CorpusPlan;
import org.rondo.ingest.corpus.SplitPlan;
import org.rondo.ingest.text.InvalidUtf8;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.ingest.text.VocabularyPlan;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.ValueException;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.training.CheckpointPlan;
import org.rondo.training.DataPlan;
import org.rondo.training.DiagnosticsPlan;
import org.rondo.training.EvaluationPlan;
import org.rondo.training.JobMemory;
import org.rondo.training.RoundPlan;
import org.rondo.training.TrainingPlan;
import org.rondo.training.optimizers.ClipPlan;
import org.rondo.training.optimizers.OptimizerPlan;
import org.rondo.training.optimizers.SchedulePlan;
import org.rondo.training.optimizers.UpdatePlan;
import org.rondo.training.sync.GrowthPlan;
import org.rondo.training.sync.OuterPlan;
import org.rondo.training.sync.SlotPolicy;
import org.rondo.training.sync.SyncPlan;
import org.rondo.training.sync.WireFormat;
import org.rondo.training.workspace.KernelPlan;

/** The one place where configuration keys become the plans that the other modules take. */
public final class Plans {
  private static final List<String> PATHS =
      List.of("output", "data.path", "data.train", "data.validation", "data.test", "data.prepared");

  private static final Set<String> TEXTS =
      Set.of("data.path", "data.train", "data.validation", "data.test");

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
    memory(network(1), training());
    text();
    PATHS.forEach(this::path);
    checked(() -> kernels().choose());
  }

  /** Folder of the run. */
  public String output() {
    return path("output").orElseGet(() -> settings.text("output"));
  }

  /**
   * Folder of the prepared corpus.
   *
   * @throws SettingsException if it has a blank name
   */
  public String prepared() {
    return path("data.prepared").orElseGet(() -> output() + "/corpus");
  }

  /** The path that a key holds, which Hadoop can read as one. */
  private Optional<String> path(String key) {
    Optional<String> path = settings.optional(key);
    try {
      if (!TEXTS.contains(key)) { // a text may have any name, and is looked for by it
        path.ifPresent(Path::new);
      }
    } catch (IllegalArgumentException e) {
      throw settings.refusal(key, "is no path: " + StorageReason.of(e));
    }
    if (path.stream().flatMapToInt(String::chars).anyMatch(Character::isISOControl)) {
      throw settings.refusal(key, "is no path: it holds a control character");
    }
    return path;
  }

  /** The keys that name a place on another file system, with it. */
  public List<String> remotePlaces() {
    return PATHS.stream()
        .flatMap(key -> settings.optional(key).stream().map(path -> key + " = " + path))
        .filter(place -> place.contains("://"))
        .map(Redaction::withoutPassword)
        .toList();
  }

  /** What decides the prepared corpus. */
  public CorpusPlan corpus() {
    return text(splits());
  }

  /**
   * Checks that a run will have something to evaluate on.
   *
   * @throws SettingsException if neither a text nor a share of one is for validation
   */
  void requireValidation() {
    SplitPlan splits = splits();
    if (!splits.texts().containsKey(Split.VALIDATION)
        && splits.fractions().getOrDefault(Split.VALIDATION, 0.0) == 0) {
      throw settings.refusal(
          "data.validation_fraction",
          "leaves no text to evaluate on, and data.validation names none");
    }
  }

  /** The same, whatever the text: to check its keys where none is read. */
  private void text() {
    byFraction("any");
    text(new SplitPlan.ByFile("any", "", ""));
  }

  private CorpusPlan text(SplitPlan splits) {
    return checked(
        () ->
            new CorpusPlan(
                splits,
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
    Optional<String> path = path("data.path");
    Optional<String> train = path("data.train");
    if (path.isPresent() == train.isPresent()) {
      throw new SettingsException(
          path.isPresent()
              ? "data.path and data.train are both set, and each is the text to learn: choose one"
              : "data.path is required: the text to learn; or data.train, data.validation and"
                  + " data.test where it is split already");
    }
    String text = path.or(() -> train).get();
    String validation = path("data.validation").orElse("");
    String test = path("data.test").orElse("");
    double validationFraction = fraction("data.validation", validation);
    double testFraction = fraction("data.test", test);
    boolean cut = validationFraction != 0 || testFraction != 0;
    if (path.isPresent() && validation.isEmpty() && test.isEmpty()) {
      return byFraction(text);
    }
    return checked(
        () ->
            cut
                ? new SplitPlan.ByFractionAndFile(
                    text, validationFraction, testFraction, validation, test)
                : new SplitPlan.ByFile(text, validation, test));
  }

  private SplitPlan byFraction(String path) {
    return checked(
        () ->
            new SplitPlan.ByFraction(
                path,
                settings.number("data.validation_fraction"),
                settings.number("data.test_fraction")));
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
   * @throws SettingsException naming the key that is wrong, or all where it lies between them
   */
  public NetworkSpec network(int vocabulary) {
    try {
      NetworkSpec network = stack().languageModel(vocabulary);
      Network.layout(network); // reads every option of the cell
      return network;
    } catch (SettingsException e) {
      throw e;
    } catch (ValueException e) {
      throw settings.refusal(e, e.isOption() ? "network.cell_" : "network.");
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "configuration: %s; configured is %s",
              e.getMessage(),
              settings.shown("network.")),
          e);
    }
  }

  /**
   * What training that network takes.
   *
   * @throws SettingsException if a buffer of it would be too large for any machine
   */
  public JobMemory memory(NetworkSpec network, TrainingPlan plan) {
    return sized(() -> JobMemory.of(network, plan, List.of(plan.rounds().unroll())));
  }

  /**
   * What may be refused for its size, with the keys that make it large.
   *
   * @param check throws an {@link IllegalArgumentException} with the figures
   * @throws SettingsException with the figures and the keys
   */
  public <T> T sized(Supplier<T> check) {
    try {
      return check.get();
    } catch (SettingsException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new SettingsException(e.getMessage() + "; " + sizes(), e);
    }
  }

  /** The keys that make a network and its minibatches large, as configured. */
  public String sizes() {
    return String.format(
        Locale.ROOT,
        "configured is shards = %s, train.batch = %s, train.unroll = %s, evaluate.batch = %s, %s",
        settings.text("shards"),
        settings.text("train.batch"),
        settings.text("train.unroll"),
        settings.text("evaluate.batch"),
        settings.shown("network."));
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
      throw settings.refusal("train.epochs", "must be >= 0 (0: train.rounds decides)");
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
                    DataOrder.named(settings.text("data.order")),
                    settings.whole("data.shard_memory"),
                    settings.whole("data.buckets")),
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
                    settings.whole("early_stopping.patience"),
                    settings.text("evaluate.metric")),
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
    return KeyType.number(momentum)
        .orElseThrow(() -> settings.refusal("sync.momentum", "must be auto or a number in [0,1)"));
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
  private <T> T checked(Supplier<T> plan) {
    try {
      return plan.get();
    } catch (SettingsException e) {
      throw e;
    } catch (ValueException e) {
      throw settings.refusal(e, "");
    } catch (IllegalArgumentException e) {
      throw new SettingsException("configuration: " + e.getMessage(), e);
    }
  }
}
