package org.rondo.ingest.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.JsonFile;
import org.rondo.ingest.StorageReason;

/**
 * A {@code tokenizer.json} of Hugging Face's library <i>tokenizers</i> that holds a byte-level byte
 * pair encoding, as GPT-2's does. That library encodes a text to the ids of the vocabulary that was
 * written. A file that was read and does not begin with the unknown symbol has all ids one higher.
 * Special tokens have their ids but are never made from text: what looks like one is text.
 */
public final class TokenizerFile {
  /** Name of the file beside a vocabulary. */
  public static final String NAME = "tokenizer.json";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ObjectNode LOWERCASE = lowercase();

  private final ObjectNode file;

  private TokenizerFile(ObjectNode file) {
    this.file = file;
  }

  /** Writes a vocabulary with merges. */
  static String of(Vocabulary vocabulary) {
    ObjectNode file = JSON.objectNode().put("version", "1.0");
    file.putNull("truncation");
    file.putNull("padding");
    file.putArray("added_tokens");
    file.set("normalizer", vocabulary.lowercase() ? LOWERCASE : JSON.nullNode());
    file.set("pre_tokenizer", byteLevel());
    file.putNull("post_processor");
    file.set("decoder", byteLevel());
    ObjectNode model = file.putObject("model").put("type", "BPE");
    for (String none :
        List.of("dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix")) {
      model.putNull(none);
    }
    model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
    ObjectNode ids = model.putObject("vocab");
    for (int id = 0; id < vocabulary.size(); id++) {
      ids.put(vocabulary.token(id), id);
    }
    var merges = model.putArray("merges");
    for (String merge : vocabulary.merges()) {
      int space = merge.indexOf(' ');
      merges.addArray().add(merge.substring(0, space)).add(merge.substring(space + 1));
    }
    return JsonFile.text(file);
  }

  private static ObjectNode byteLevel() {
    return JSON.objectNode()
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", true);
  }

  /** {@link Lowercase} makes one letter of U+0130, Unicode's full mapping two. */
  private static ObjectNode lowercase() {
    ObjectNode sequence = JSON.objectNode().put("type", "Sequence");
    var normalizers = sequence.putArray("normalizers");
    ObjectNode dotted = normalizers.addObject().put("type", "Replace");
    dotted.putObject("pattern").put("String", "\u0130");
    dotted.put("content", "i");
    normalizers.addObject().put("type", "Lowercase");
    return sequence;
  }

  /**
   * Reads a file.
   *
   * @param lowercase whether text is lowered before it is cut, even if the file does not say so
   * @throws IngestException if it is of another kind, with the component that is not as in GPT-2's
   * @throws UncheckedIOException if it cannot be read
   */
  public static Vocabulary read(String path, boolean lowercase, Configuration hadoop) {
    try {
      var place = new Path(path);
      FileSystem fs = place.getFileSystem(hadoop);
      return new TokenizerFile(JsonFile.read(fs, place)).vocabulary(lowercase);
    } catch (JsonProcessingException e) {
      throw refused(path, JsonFile.problem(e), e);
    } catch (IllegalArgumentException e) {
      throw refused(path, e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          String.format(
              Locale.ROOT, "data.tokenizer_file: cannot read %s: %s", path, StorageReason.of(e)),
          e);
    }
  }

  private static IngestException refused(String path, String why, Exception e) {
    return new IngestException(
        String.format(
            Locale.ROOT,
            "data.tokenizer_file: %s is no byte-level byte pair encoding as GPT-2's is: %s",
            path,
            why),
        e);
  }

  private Vocabulary vocabulary(boolean lowercase) {
    boolean lowers = file.path("normalizer").equals(LOWERCASE);
    if (!isUntypedPairEncoding(file.path("model"))) {
      requireKind("model", "BPE");
    }
    requireKind("pre_tokenizer", "ByteLevel");
    requireKind("decoder", "ByteLevel");
    if (!isUnset("post_processor")) {
      requireKind("post_processor", "ByteLevel");
    }
    requireUnset("normalizer", lowers || isUnset("normalizer"));
    requireUnset("pre_tokenizer/add_prefix_space");
    requireUnset("pre_tokenizer/use_regex", file.at("/pre_tokenizer/use_regex").asBoolean(true));
    for (String option :
        List.of(
            "truncation",
            "padding",
            "model/dropout",
            "model/unk_token",
            "model/continuing_subword_prefix",
            "model/end_of_word_suffix",
            "model/byte_fallback",
            "model/ignore_merges")) {
      requireUnset(option);
    }
    return new Vocabulary(BytePairTokenizer.NAME, lowercase || lowers, tokens(), merges());
  }

  /** As the library wrote models before its version 0.9, GPT-2's own among them. */
  private static boolean isUntypedPairEncoding(JsonNode model) {
    return !model.has("type") && model.path("vocab").isObject() && model.path("merges").isArray();
  }

  private void requireKind(String component, String kind) {
    JsonNode found = file.path(component).path("type");
    if (!found.asText().equals(kind)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "its %s is %s, not %s",
              component,
              found.isMissingNode() ? "of no type" : found.asText(),
              kind));
    }
  }

  private boolean isUnset(String option) {
    JsonNode found = file.at("/" + option);
    return found.isMissingNode()
        || found.isNull()
        || (found.isBoolean() && !found.booleanValue())
        || (found.isTextual() && found.textValue().isEmpty());
  }

  private void requireUnset(String option) {
    requireUnset(option, isUnset(option));
  }

  private void requireUnset(String option, boolean right) {
    if (!right) {
      JsonNode found = file.at("/" + option);
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "its %s is %s",
              option.replace('/', '.'),
              found.has("type") ? found.path("type").asText() : found));
    }
  }

  private List<String> tokens() {
    var byId = new TreeMap<Integer, String>();
    file.at("/model/vocab").fields().forEachRemaining(e -> put(byId, e.getKey(), e.getValue()));
    for (JsonNode added : file.path("added_tokens")) {
      if (!added.path("special").asBoolean()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "its added_tokens hold %s, which is not special",
                added.get("content")));
      }
      put(byId, added.path("content").asText(), added.path("id"));
    }
    var tokens = new ArrayList<String>();
    if (!Vocabulary.UNKNOWN.equals(byId.get(0))) {
      tokens.add(Vocabulary.UNKNOWN);
    }
    int expected = 0;
    for (Map.Entry<Integer, String> token : byId.entrySet()) {
      if (token.getKey() != expected++) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "no token has the id %d", expected - 1));
      }
      tokens.add(token.getValue());
    }
    return tokens;
  }

  private static void put(Map<Integer, String> byId, String token, JsonNode id) {
    String other = id.isInt() ? byId.put(id.intValue(), token) : "";
    if (other != null && !other.equals(token)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "token \"%s\" has the id %s, and so has \"%s\"", token, id, other));
    }
  }

  private List<String> merges() {
    var merges = new ArrayList<String>();
    for (JsonNode merge : file.at("/model/merges")) {
      merges.add(
          merge.isArray() ? merge.path(0).asText() + " " + merge.path(1).asText() : merge.asText());
    }
    return merges;
  }
}
