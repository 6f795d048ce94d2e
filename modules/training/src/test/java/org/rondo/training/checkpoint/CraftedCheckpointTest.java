package org.rondo.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.evaluation.Score;
import org.rondo.ingest.Dataset;
import org.rondo.ingest.Sha256;
import org.rondo.models.Network;
import org.rondo.training.Carrier;
import org.rondo.training.Round;
import org.rondo.training.RoundResult;
import org.rondo.training.ThreadCarrier;
import org.rondo.training.TinyJob;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;
import org.rondo.training.Versions;
import org.rondo.training.WorkerState;
import org.rondo.training.storage.CheckpointException;
import org.rondo.training.sync.SyncPlan;

/** Checkpoints that someone changed, with checksums and lengths that fit. */
class CraftedCheckpointTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Numbers of which -1 is one like any other. */
  private static final Set<String> NEGATIVE = Set.of("plan.seed", "state.bestScore");

  /** Which earlier versions did not write. */
  private static final Set<String> LATER =
      Set.of(
          "plan.data.buckets",
          "rondo",
          "state.idleRounds",
          "state.bestScores",
          "plan.evaluation.metric",
          "plan.evaluation.averageAfter",
          "plan.rounds.varied",
          "plan.sync.delay",
          "state.averageFrom");

  private static final Map<Path, byte[]> UNCHANGED = new HashMap<>();

  private static final Set<String> LONG =
      Set.of(
          "plan.seed",
          "plan.update.schedule.every",
          "plan.update.schedule.warmUp",
          "state.minibatches",
          "state.tokens");

  @TempDir static Path folder;
  private static TrainingJob job;
  private static Dataset dataset;
  private static CheckpointStore store;
  private static Path written;

  @BeforeAll
  static void writeACheckpoint() throws IOException {
    TrainingPlan plan =
        TinyJob.plan(2, "momentum").with(p -> p.sync(SyncPlan.of("block-momentum", 2)));
    job = TinyJob.of(folder, TinyJob.text(), plan);
    dataset = job.dataset().open();
    store = new CheckpointStore(TinyJob.storage("file", folder.resolve("output")));
    var writer = new CheckpointWriter(store, job, dataset, TinyJob.FINGERPRINT, event -> {});
    float[] parameters = Network.initialParameters(job.network(), 5);
    try (Carrier carrier = new ThreadCarrier(job);
        CommonState common = CommonState.initial(job, parameters)) {
      Round round = TinyJob.round(job, 1);
      RoundResult result = carrier.run(round, common.vector());
      common.advance(round, result);
      RunState run = RunState.initial().trained(round.minibatches(), result.tokens(), 1);
      writer.writeRound(
          run.evaluated(List.of(new Score("loss", 2.5, false)), plan), common, carrier);
    }
    written = folder.resolve("output/checkpoints/round-000001");
    try (Stream<Path> files = Files.walk(written)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        UNCHANGED.put(file, Files.readAllBytes(file));
      }
    }
  }

  @AfterEach
  void undo() throws IOException {
    for (Map.Entry<Path, byte[]> file : UNCHANGED.entrySet()) {
      Files.write(file.getKey(), file.getValue());
    }
  }

  private void resume() {
    Checkpoint checkpoint = store.latest().orElseThrow();
    ResumeCheck.warnings(checkpoint, job, dataset, TinyJob.FINGERPRINT, false);
    try (Carrier carrier = new ThreadCarrier(job)) {
      carrier.restoreStates(checkpoint.folder(), checkpoint.states());
      CommonState.restored(job, checkpoint).close();
    }
  }

  @Test
  void whatNobodyChangedGoesOn() {
    resume();
  }

  @Test
  void everyFieldOfTheRunThatIsMissingOrNullOrOfAnotherKindIsNamed() {
    JsonNode run = read("run.json");
    for (String field : fields(run, "")) {
      JsonNode value = at(run, field);
      assertRefused(field, NullNode.instance);
      if (!LATER.contains(field)) {
        assertRefused(field, null);
      }
      if (!value.isTextual()) {
        assertRefused(field, TextNode.valueOf("word"));
      }
      if (value.isInt() && !LONG.contains(field)) {
        assertRefused(field, LongNode.valueOf(1L << 40));
      }
      if (!NEGATIVE.contains(field)) {
        assertRefused(field, LongNode.valueOf(-1));
      }
    }
  }

  @Test
  void theFileOfAFieldIsNamedToo() {
    assertThat(changed("state.tokens", NullNode.instance))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith("checkpoint: ")
        .hasMessageEndingWith("round-000001/run.json: state.tokens is null");
    replace("run.json", "null".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(this::resume)
        .isInstanceOf(CheckpointException.class)
        .hasMessageEndingWith("run.json: the record is null");
  }

  /** Which did not say its version, counted no rounds without targets, and knew one loss and T. */
  @Test
  void runOfAnEarlierVersionGoesOn() {
    var run = (ObjectNode) read("run.json");
    run.remove("rondo");
    var state = (ObjectNode) run.get("state");
    state.remove(List.of("idleRounds", "bestScores", "averageFrom"));
    state.set("bestLoss", state.remove("bestScore"));
    ((ObjectNode) run.at("/plan/evaluation")).remove(List.of("metric", "averageAfter"));
    ((ObjectNode) run.at("/plan/rounds")).remove("varied");
    ((ObjectNode) run.at("/plan/data")).remove("buckets");
    ((ObjectNode) run.at("/plan/sync")).remove("delay");
    replace("run.json", run.toString().getBytes(StandardCharsets.UTF_8));

    resume();
    RunState read = store.latest().orElseThrow().run().state();
    assertThat(read.bestScore()).isEqualTo(2.5);
    assertThat(read.bestScores()).isEmpty();
  }

  @Test
  void aRunTellsWhichVersionWroteIt() {
    assertThat(store.latest().orElseThrow().run().rondo()).isEqualTo(Versions.rondo());
    assertThat(RunRecord.fromJson(crafted("rondo", null)).rondo()).isEqualTo("unknown");
  }

  @Test
  void aFieldThatThisVersionDoesNotKnowIsNeverPassedOver() {
    JsonNode run = read("run.json");
    for (String field : fields(run, "")) {
      if (at(run, field).isObject()) {
        assertRefused(field + ".newer", TextNode.valueOf("word"));
      }
    }
    assertRefused("newer", LongNode.valueOf(1));
  }

  private void assertRefused(String field, JsonNode value) {
    String crafted = crafted(field, value);
    assertThat(catchThrowable(() -> RunRecord.fromJson(crafted)))
        .as("%s = %s", field, value)
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .message()
        .containsAnyOf(field, field.substring(0, Math.max(0, field.lastIndexOf('.'))) + ": ")
        .hasLineCount(1)
        .doesNotContain("Cannot invoke", "overflow", "Index ");
  }

  /** run.json with that field changed, or taken away. */
  private String crafted(String field, JsonNode value) {
    var run = (ObjectNode) read("run.json");
    int dot = field.lastIndexOf('.');
    var parent = (ObjectNode) (dot < 0 ? run : at(run, field.substring(0, dot)));
    String name = field.substring(dot + 1);
    if (value == null) {
      parent.remove(name);
    } else {
      parent.set(name, value);
    }
    return run.toString();
  }

  /** What resuming throws with that field of run.json changed, or taken away. */
  private Throwable changed(String field, JsonNode value) {
    replace("run.json", crafted(field, value).getBytes(StandardCharsets.UTF_8));
    return catchThrowable(this::resume);
  }

  private static List<String> fields(JsonNode node, String way) {
    var found = new ArrayList<String>();
    node.fields()
        .forEachRemaining(
            field -> {
              String name = way.isEmpty() ? field.getKey() : way + "." + field.getKey();
              found.add(name);
              found.addAll(fields(field.getValue(), name));
            });
    return found;
  }

  private static JsonNode at(JsonNode root, String field) {
    return root.at("/" + field.replace('.', '/'));
  }

  @ParameterizedTest
  @CsvSource({
    "state.round, 2, 'state.round is 2, its manifest.json is of round 1'",
    "state.minibatches, 4, 'minibatches: the state of shard 0 counts 3, run.json 4'",
    "state.idleRounds, 2, 'idleRounds must be at most round = 1, got 2'",
    "state.bestRound, 0, 'bestScore must be infinite, as bestRound = 0, got 2.5'",
    "plan.shards, 3, 'plan.shards is 3, the checkpoint holds the states of 2 shards'"
  })
  void countsThatDoNotFitEachOtherAreRefused(String field, long value, String message) {
    assertThat(changed(field, LongNode.valueOf(value)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(message);
  }

  /** Magic, version, shard, steps, idle, slots, values of the hidden state. */
  @ParameterizedTest
  @CsvSource({
    "0, 7, magic",
    "4, 9, version",
    "8, 1, shard",
    "8, -1, shard",
    "12, -1, minibatches",
    "16, 4, minibatches",
    "20, -1, minibatches without targets",
    "24, 4, minibatches without targets",
    "28, 2, slots",
    "28, -1, slots",
    "28, 2147483647, slots",
    "32, 7, hidden",
    "32, -16, hidden",
    "32, 2147483647, hidden"
  })
  void stateThatIsNotOfTheRunIsRefused(int at, int value, String field) {
    byte[] state = bytes(state(0));
    ByteBuffer.wrap(state).putInt(at, value);

    assertThatThrownBy(
            () ->
                StateShape.of(job.network(), job.plan(), RunState.initial().trained(3, 1, 1))
                    .requireFits(
                        WorkerState.Header.read(
                            new DataInputStream(new ByteArrayInputStream(state)), state.length),
                        0,
                        state.length))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(field);
  }

  @Test
  void statesThatChangedPlacesOrLengthsOrHoldNaNAreRefused() {
    byte[] first = bytes(state(0));
    replace(state(0), bytes(state(1)));
    assertStateRefused("shard");
    replace(state(0), Arrays.copyOf(first, first.length - 4));
    assertStateRefused("bytes");
    replace(state(0), Arrays.copyOf(first, first.length + 4));
    assertStateRefused("bytes");
    replace(state(0), Arrays.copyOf(first, 20));
    assertStateRefused("a state of 20 bytes");
    byte[] nan = first.clone();
    ByteBuffer.wrap(nan).order(ByteOrder.LITTLE_ENDIAN).putFloat(36, Float.NaN);
    replace(state(0), nan);
    assertStateRefused("hidden state holds NaN");
    byte[] traded = first.clone();
    int slot = first.length - 4 - 4 * Network.layout(job.network()).length();
    ByteBuffer.wrap(traded).putInt(slot - 4, 1);
    replace(state(0), traded);
    assertStateRefused("bytes behind the last vector");
  }

  private void assertStateRefused(String message) {
    assertThatThrownBy(this::resume)
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(state(0))
        .hasMessageContaining(message);
  }

  private String state(int shard) {
    return "state/shard-%05d.0.bin".formatted(shard);
  }

  @ParameterizedTest
  @ValueSource(strings = {"parameters.safetensors", "outer.safetensors"})
  void tensorsWhoseHeaderLiesAreRefused(String file) {
    byte[] content = bytes(file);
    for (String[] change :
        new String[][] {
          {"\"F32\"", "null "},
          {"\"data_offsets\":[0,", "\"data_offsets\":[4,"},
          {"\"data_offsets\":[0,", "\"data_offsets\":\"0"},
          {"\"shape\":[", "\"shape\":{"}
        }) {
      String text = new String(content, StandardCharsets.ISO_8859_1);
      assertThat(text).contains(change[0]);
      String crafted = text.replaceFirst(java.util.regex.Pattern.quote(change[0]), change[1]);
      replace(file, crafted.getBytes(StandardCharsets.ISO_8859_1));
      assertThatThrownBy(() -> readTensors(file))
          .as(change[1])
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining(file);
      replace(file, content);
    }
    byte[] nan = bytes(file);
    ByteBuffer.wrap(nan).order(ByteOrder.LITTLE_ENDIAN).putFloat(nan.length - 4, Float.NaN);
    replace(file, nan);
    assertThatThrownBy(() -> readTensors(file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(file)
        .hasMessageContaining("holds NaN");
  }

  private static void readTensors(String file) {
    Checkpoint checkpoint = store.latest().orElseThrow();
    if (file.startsWith("outer")) {
      checkpoint.outer(1);
    } else {
      checkpoint.parameters();
    }
  }

  @Test
  void vocabularyOfMoreTokensThanTheNetworkTakesIsRefused() {
    var vocabulary = (ObjectNode) read("vocabulary.json");
    ((ArrayNode) vocabulary.get("tokens")).add("\u2603");
    replace("vocabulary.json", vocabulary.toString().getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(this::resume)
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("vocabulary.json: tokens: there are ");
  }

  private JsonNode read(String name) {
    try {
      return JSON.readTree(bytes(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] bytes(String name) {
    try {
      return Files.readAllBytes(written.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file and what the manifest says of it. */
  private void replace(String name, byte[] content) {
    var manifest = (ObjectNode) read("manifest.json");
    for (JsonNode entry : manifest.get("files")) {
      if (entry.get("name").asText().equals(name)) {
        var digest = Sha256.begin();
        digest.update(content);
        ((ObjectNode) entry).put("bytes", content.length).put("sha256", Sha256.end(digest));
      }
    }
    write(name, content);
    write("manifest.json", manifest.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void write(String name, byte[] content) {
    try {
      Path file = Files.write(written.resolve(name), content);
      Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
