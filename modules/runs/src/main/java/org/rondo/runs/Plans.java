package org.rondo.runs;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.rondo.evaluation.GenerationPlan;
import org.rondo.evaluation.LossMetric;
import org.rondo.evaluation.Metric;
import org.rondo.ingest.DataOrder;
import org.rondo.ingest.Dataset;
import org.rondo.ingest.corpus.CorpusPlan;
import org.rondo.ingest.sequences.Sequences;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.models.NetworkSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.training.CheckpointPlan;
import org.rondo.training.DataPlan;
import org.rondo.training.DiagnosticsPlan;
import org.rondo.training.EvaluationPlan;
import org.rondo.training.JobMemory;
import org.rondo.training.RoundPlan;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;
import org.rondo.training.checkpoint.Checkpoint;
import org.rondo.training.optimizers.ClipPlan;
import org.rondo.training.optimizers.OptimizerPlan;
import org.rondo.training.optimizers.RateScale;
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
  /** The task that learns running text; the others are found by {@link org.rondo.tasks.Task}. */
  static final String LANGUAGE_MODEL = "language-model";

  private final Settings settings;
  private final Places places;
  private final TextPlans text;
  private final NetworkPlans layers;

  public Plans(Settings settings) {
    this.settings = settings;
    places = new Places(settings);
    text = new TextPlans(settings, places);
    layers = new NetworkPlans(settings);
  }

  /**
   * Checks what can be checked before anything starts.
   *
   * @throws SettingsException if a key holds what it cannot, or kernels are named that do not run
   */
  public void check() {
    generation();
    timeLimit();
    text.check();
    places.check();
    requireInitialTaken();
    TrainingPlan training = training();
    if (ofText()) {
      NetworkSpec network = network(1);
      memory(network, training);
      if (ofDocuments()) {
        rows().source();
        rows().invalidRows();
      } else {
        requireNoKeyOfRows();
      }
      requireMetric(LossMetric.of(network).stream().map(Metric::name).toList());
    } else {
      rows().check();
    }
    settings.checked(() -> kernels().choose());
  }

  /** Without a format, rows would be learned as they are written, such as JSON with its braces. */
  private void requireNoKeyOfRows() {
    for (String key : List.of("data.columns.", "data.options.", "data.sql", "data.order_column")) {
      for (String given : settings.under(key).keySet()) {
        throw settings.refusal(given, "is for rows: set data.format as well, such as json");
      }
    }
  }

  private void requireInitialTaken() {
    if (settings.optional("network.initial").isPresent()
        && !engine().name().equals(RondoEngine.NAME)) {
      throw settings.refusal("network.initial", "is taken by engine = rondo alone");
    }
  }

  /** That the metric that is to decide is one of these. */
  void requireMetric(List<String> names) {
    EvaluationPlan evaluation = training().evaluation();
    settings.checked(
        () -> {
          evaluation.requireMetric(names);
          return evaluation;
        });
  }

  /** Whether running text is learned, not rows of data. */
  public boolean ofText() {
    return settings.text("task").equals(LANGUAGE_MODEL);
  }

  /** Whether the running text lies in rows of data, each of which holds a document. */
  public boolean ofDocuments() {
    return ofText() && settings.optional("data.format").isPresent();
  }

  /** What concerns rows of data. */
  public RowPlans rows() {
    return new RowPlans(settings, this, text);
  }

  /** Folder of the run. */
  public String output() {
    return places.output();
  }

  /**
   * Folder of the prepared corpus or rows.
   *
   * @throws SettingsException if it has a blank name
   */
  public String prepared() {
    return places.prepared(ofText() ? "corpus" : "data");
  }

  /** The keys that name a place on another file system, with it. */
  public List<String> remotePlaces() {
    return places.remotePlaces();
  }

  /** The trained network that this one begins with. */
  Optional<Checkpoint> initial(Configuration hadoop, RunMessages messages) {
    return places
        .path("network.initial")
        .map(path -> Checkpoint.open(new Path(path), hadoop, messages::say));
  }

  SettingsException initialRefused(IllegalArgumentException e) {
    return settings.refusal("network.initial", e.getMessage());
  }

  /** What decides the prepared corpus. */
  public CorpusPlan corpus() {
    return text.corpus();
  }

  /** What decides how a text is encoded by a vocabulary that is there already. */
  public CorpusPlan corpus(String path, Vocabulary vocabulary) {
    return text.corpus(path, vocabulary);
  }

  /**
   * Checks that a run will have something to evaluate on.
   *
   * @throws SettingsException if neither a text nor a share of one is for validation
   */
  void requireValidation() {
    text.requireValidation();
  }

  /**
   * The network over a vocabulary.
   *
   * @throws SettingsException naming the key that is wrong, or all where it lies between them
   */
  public NetworkSpec network(Vocabulary vocabulary) {
    return layers.languageModel(vocabulary);
  }

  /** A network over a vocabulary of that size, to be measured before the text is read. */
  public NetworkSpec network(int vocabulary) {
    return layers.languageModel(vocabulary, 0);
  }

  /** A network with the configured layers, likewise. */
  NetworkSpec network(Function<RecurrentStack, NetworkSpec> over) {
    return layers.network(over);
  }

  /**
   * What training that network takes.
   *
   * @throws SettingsException if a buffer of it would be too large for any machine
   */
  public JobMemory memory(NetworkSpec network, TrainingPlan plan) {
    return memory(network, plan, plan.rounds().textSteps());
  }

  /**
   * As above.
   *
   * @param steps the different T of minibatches
   */
  JobMemory memory(NetworkSpec network, TrainingPlan plan, List<Integer> steps) {
    return sized(() -> JobMemory.of(network, plan, steps));
  }

  /**
   * As above, of a job on rows.
   *
   * @param rows that it is trained on
   */
  public JobMemory memory(TrainingJob job, Sequences rows) {
    return memory(job.network(), job.plan(), rows.steps(job.plan().trainingText()));
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

  /**
   * How the network is trained. The number of rounds that {@code train.epochs} takes is known with
   * the dataset, see {@link #training(Dataset)}; until then it is the greatest there is.
   */
  public TrainingPlan training() {
    return training(rounds(), settings.whole("train.unroll"));
  }

  private int rounds() {
    return epochs() == 0 ? settings.whole("train.rounds") : Integer.MAX_VALUE;
  }

  /**
   * How the network is trained on that dataset.
   *
   * @throws SettingsException if {@code train.epochs} takes more rounds than there can be
   */
  public TrainingPlan training(Dataset dataset) {
    int unroll = unroll(dataset);
    TrainingPlan plan = training(rounds(), unroll);
    if (epochs() == 0) {
      return plan;
    }
    long minibatches = minibatches(BigDecimal.valueOf(epochs()), plan.minibatchesPerEpoch(dataset));
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
    return training(rounds, unroll);
  }

  /** Whether minibatches are as long as the longest row: those are not cut unless asked for. */
  boolean unrollsRows() {
    return !settings.isGiven("train.unroll");
  }

  /** Rows are not cut unless that is asked for. */
  private int unroll(Dataset dataset) {
    return dataset instanceof Sequences rows && unrollsRows()
        ? Math.max(1, rows.longest())
        : settings.whole("train.unroll");
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
    return settings.checked(() -> new TimeLimit(settings.number("train.time_limit")));
  }

  private TrainingPlan training(int rounds, int unroll) {
    return settings.checked(
        () ->
            new TrainingPlan(
                settings.wholeLong("seed"),
                settings.whole("shards"),
                new DataPlan(
                    order(), settings.whole("data.shard_memory"), settings.whole("data.buckets")),
                new RoundPlan(
                    rounds,
                    settings.whole("train.sync_every"),
                    settings.whole("train.batch"),
                    unroll,
                    variedUnroll()),
                new UpdatePlan(clip(), optimizer(), schedule()),
                sync(),
                new EvaluationPlan(
                    settings.whole("evaluate.every"),
                    settings.whole("evaluate.streams"),
                    settings.whole("evaluate.batch"),
                    settings.whole("early_stopping.patience"),
                    settings.text("evaluate.metric"),
                    settings.whole("evaluate.average_after")),
                new CheckpointPlan(
                    settings.whole("checkpoint.every"),
                    settings.whole("checkpoint.keep"),
                    settings.whole("checkpoint.retries")),
                kernels(),
                new DiagnosticsPlan(settings.flag("diagnostics.gradients"))));
  }

  private boolean variedUnroll() {
    if (settings.flag("train.vary_unroll") && !ofText()) {
      throw settings.refusal("train.vary_unroll", "is for running text, task = language-model");
    }
    return settings.flag("train.vary_unroll");
  }

  /** What trains. */
  public Engine engine() {
    return Engine.named(settings.text("engine"));
  }

  /** What computes. */
  public KernelPlan kernels() {
    return settings.checked(
        () ->
            new KernelPlan(
                settings.text("kernels.matmul"),
                settings.text("kernels.elementwise"),
                settings.text("precision"),
                settings.flag("kernels.allow_mixed")));
  }

  /** Rows have no order of their own, so that they are shuffled unless that is asked for. */
  private DataOrder order() {
    String word = settings.text("data.order");
    if (!word.equals("auto")) {
      return DataOrder.named(word);
    }
    return ofText() ? DataOrder.CONTIGUOUS : DataOrder.SHUFFLED;
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
        settings.number("optimizer.learning_rate")
            * RateScale.named(settings.text("optimizer.scale")).factor(settings.whole("shards")),
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
        WireFormat.named(settings.text("sync.wire")),
        settings.whole("sync.delay"));
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
    return settings.checked(
        () ->
            new GenerationPlan(
                settings.whole("generate.length"),
                settings.number("generate.temperature"),
                settings.whole("generate.top_k"),
                settings.number("generate.top_p"),
                settings.wholeLong("generate.seed"),
                settings.number("generate.repetition_penalty"),
                settings.whole("generate.beam"),
                settings.whole("generate.samples"),
                stops(settings.text("generate.stop"))));
  }

  private static List<String> stops(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split("\\|", -1));
  }
}
