package org.rondo.training.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.StorageReason;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.kernels.Counted;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.training.optimizers.NonFinite;
import org.rondo.training.storage.CheckpointException;
import org.rondo.training.storage.FileEntry;
import org.rondo.training.storage.Files;
import org.rondo.training.storage.Require;
import org.rondo.training.storage.Safetensors;
import org.rondo.training.storage.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A complete checkpoint: a folder of {@code network.json}, {@code vocabulary.json} where it was
 * trained on text, {@code parameters.safetensors}, {@code run.json}, unless it is a best one, one
 * file per shard under {@code state/} and {@code outer.safetensors} where the synchronizer
 * remembers something, and {@code manifest.json}. Every file is checked against the manifest as it
 * is read.
 */
public final class Checkpoint {
  /** Version of the format, which a manifest names. */
  public static final int VERSION = Manifest.VERSION;

  /** Name of the file that says what the ids of a language model mean. */
  public static final String VOCABULARY = "vocabulary.json";

  static final String NETWORK = "network.json";
  static final String PARAMETERS = "parameters.safetensors";
  static final String RUN = "run.json";
  static final String STATES = "state/";

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);
  private static final Pattern OWN_FOLDER = Pattern.compile("(?:best-)?round-(\\d{6,9})");

  private final Storage folder;
  private final Manifest manifest;
  private final Map<String, String> texts = new HashMap<>();
  private float[] held;

  private Checkpoint(Storage folder, Manifest manifest) {
    this.folder = folder;
    this.manifest = manifest;
  }

  /**
   * Opens a checkpoint's folder, or the best checkpoint of a run's output folder, or, before its
   * first evaluation, the newest one. A run may go on meanwhile: what goes away while it is opened
   * is replaced by what is there then, and what {@link #network}, {@link #vocabulary}, {@link #run}
   * and the first call of {@link #parameters} give has been read.
   *
   * @throws CheckpointException if there is no whole checkpoint, or storage does not answer
   */
  public static Checkpoint open(Path path, Configuration hadoop) {
    return open(path, hadoop, LOG::warn);
  }

  /**
   * As {@link #open(Path, Configuration)}.
   *
   * @param warnings is told which checkpoint is damaged and which is taken instead
   */
  public static Checkpoint open(Path path, Configuration hadoop, Consumer<String> warnings) {
    Storage storage = Storage.of(path, hadoop);
    requireFolder(storage);
    if (Manifest.find(storage).whole() != Manifest.Whole.NOT_YET) {
      Checkpoint named = open(storage);
      named.tryToHold();
      return named;
    }
    FoundCheckpoint found = new CheckpointStore(storage).forReaders();
    Checkpoint checkpoint =
        found
            .requireSomeWhole()
            .orElseThrow(
                () ->
                    new CheckpointException(
                        String.format(
                            Locale.ROOT,
                            "checkpoint: %s is neither a complete checkpoint nor a run's output folder with one",
                            path)));
    found.warnings().forEach(warnings);
    return checkpoint;
  }

  /** Reads all that readers use, since it may go away. */
  void hold() {
    for (FileEntry entry : manifest.files()) {
      if (entry.name().endsWith(".json")) {
        texts.put(entry.name(), Files.readText(folder, entry));
      }
    }
    held = readParameters();
  }

  /** What is wrong with a checkpoint that the caller named shows where it is used. */
  private void tryToHold() {
    try {
      hold();
    } catch (IllegalArgumentException e) {
      LOG.info("{}", e.getMessage());
    }
  }

  private static void requireFolder(Storage storage) {
    try {
      FileSystem files = storage.fileSystem();
      Require.intact(
          !files.exists(storage.path()) || files.getFileStatus(storage.path()).isDirectory(),
          String.format(
              Locale.ROOT,
              "checkpoint: %s is a file; a checkpoint is a folder, archives are not unpacked",
              storage.uri()));
    } catch (IOException e) {
      throw new CheckpointException(
          String.format(
              Locale.ROOT, "checkpoint: cannot read %s: %s", storage.uri(), StorageReason.of(e)),
          e);
    }
  }

  static Checkpoint open(Storage folder) {
    Manifest.Found found = Manifest.find(folder);
    Require.intact(!found.isDamaged(), "checkpoint: " + found.problem());
    Require.intact(
        found.whole() == Manifest.Whole.YES,
        String.format(
            Locale.ROOT, "checkpoint: %s holds no complete %s", folder.uri(), Manifest.NAME));
    Manifest manifest = found.manifest();
    manifest.files().forEach(entry -> Files.requireLength(folder, entry));
    return new Checkpoint(folder, manifest);
  }

  /** Its folder. */
  public Storage folder() {
    return folder;
  }

  /** The round after which it was written. */
  public int round() {
    return manifest.round();
  }

  /** The fingerprint of the kernels that trained it. */
  public String fingerprint() {
    return manifest.fingerprint();
  }

  /**
   * The network's description.
   *
   * @throws CheckpointException naming the file and the field, if it describes none
   */
  public NetworkSpec network() {
    return parsed(NETWORK, NetworkSpec::fromJson);
  }

  /**
   * What its ids mean; names the tokenizer as well.
   *
   * @throws CheckpointException if it was trained on sequences that are no text
   */
  public Vocabulary vocabulary() {
    Vocabulary vocabulary = parsed(VOCABULARY, Vocabulary::fromJson);
    NetworkSpec network = network();
    int ids = network.idColumns().size() == 1 ? network.idColumns().get(0) : 0;
    int classes = network.head().outputs();
    Require.intact(
        ids >= vocabulary.size() && classes >= vocabulary.size(),
        String.format(
            Locale.ROOT,
            "checkpoint: %s: tokens: there are %d, %s takes %d and predicts %d",
            folder.path(VOCABULARY),
            vocabulary.size(),
            NETWORK,
            ids,
            classes));
    return vocabulary;
  }

  /**
   * The flat parameter vector, in the order of {@link Network#layout}. The first call hands out
   * what was read when the checkpoint was opened; later ones read again.
   *
   * @throws CheckpointException if one of them is no finite number
   */
  public synchronized float[] parameters() {
    float[] read = held;
    held = null;
    return read != null ? read : readParameters();
  }

  private float[] readParameters() {
    ParameterLayout layout = layout();
    float[] parameters =
        Files.read(
            folder,
            manifest.file(PARAMETERS, folder),
            (in, bytes) -> Safetensors.read(in, bytes).values(layout));
    NonFinite.parameter(layout, parameters)
        .ifPresent(
            found -> {
              throw new CheckpointException(
                  String.format(Locale.ROOT, "checkpoint: %s: %s", folder.path(PARAMETERS), found));
            });
    return parameters;
  }

  /**
   * What the synchronizer remembers.
   *
   * @param count vectors of the parameters' length
   * @throws CheckpointException if the checkpoint holds another number of them
   */
  List<float[]> outer(int count) {
    return count == 0
        ? List.of()
        : OuterVectors.read(folder, manifest.file(OuterVectors.NAME, folder), layout(), count);
  }

  /**
   * Plan and state of the run.
   *
   * @throws CheckpointException naming the field that is missing, unknown to this version or
   *     refused
   */
  public RunRecord run() {
    RunRecord run = parsed(RUN, RunRecord::fromJson);
    requireRound(run, round(), "its " + Manifest.NAME);
    Matcher name = OWN_FOLDER.matcher(folder.path().getName());
    if (name.matches()) {
      requireRound(run, Integer.parseInt(name.group(1)), "its folder");
    }
    return run;
  }

  /**
   * Checks that the files fit each other, before anything goes on from them; of the shards' states,
   * what the beginnings and lengths of their files tell.
   *
   * @throws CheckpointException naming the file and what does not fit
   */
  public void requireResumable() {
    RunRecord run = run();
    int shards = run.plan().shards();
    Require.intact(
        states().size() == shards,
        String.format(
            Locale.ROOT,
            "checkpoint: %s: plan.shards is %d, the checkpoint holds the states of %s",
            folder.path(RUN),
            shards,
            Counted.of(states().size(), "shard")));
    layout();
    StateShape.of(network(), run.plan(), run.state()).requireFit(this);
  }

  private void requireRound(RunRecord run, int expected, String of) {
    Require.intact(
        run.state().round() == expected,
        String.format(
            Locale.ROOT,
            "checkpoint: %s: state.round is %d, %s is of round %d",
            folder.path(RUN),
            run.state().round(),
            of,
            expected));
  }

  private ParameterLayout layout() {
    return parsed(NETWORK, json -> Network.layout(NetworkSpec.fromJson(json)));
  }

  /** The shards' states in shard order; none in a best checkpoint. */
  public List<FileEntry> states() {
    var states = new ArrayList<FileEntry>();
    for (FileEntry entry : manifest.files()) {
      if (entry.name().startsWith(STATES)) {
        states.add(entry);
      }
    }
    return states;
  }

  /** Whether it has a file of that name. */
  public boolean holds(String name) {
    return manifest.files().stream().anyMatch(entry -> entry.name().equals(name));
  }

  /**
   * The text of one of its files, such as {@code features.json}, which says what a network's
   * numbers mean.
   *
   * @throws CheckpointException if there is none of that name, or it is damaged
   */
  public String text(String name) {
    String read = texts.get(name);
    return read != null ? read : Files.readText(folder, manifest.file(name, folder));
  }

  /** All its files of JSON but the manifest, by name. */
  Map<String, String> texts() {
    var all = new HashMap<String, String>();
    for (FileEntry entry : manifest.files()) {
      if (entry.name().endsWith(".json")) {
        all.put(entry.name(), text(entry.name()));
      }
    }
    return all;
  }

  /** Content whose checksum fits may still mean nothing. */
  private <T> T parsed(String name, Function<String, T> parser) {
    String text = text(name);
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new CheckpointException(
          String.format(Locale.ROOT, "checkpoint: %s: %s", folder.path(name), e.getMessage()), e);
    }
  }
}
