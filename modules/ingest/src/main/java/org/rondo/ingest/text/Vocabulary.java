package org.rondo.ingest.text;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.JsonFile;
import org.rondo.ingest.Sha256;

/**
 * Ids of tokens. Id 0 is the unknown symbol {@value #UNKNOWN}; the others stand in descending
 * frequency, equally frequent ones in text order; those of a byte pair encoding in the order in
 * which they were merged. Within other JSON it stands as {@link #toJson} writes it.
 */
@JsonDeserialize(using = Vocabulary.Reading.class)
public final class Vocabulary {
  /** Text of the unknown symbol; a text that holds it as a word means the same. */
  public static final String UNKNOWN = "<unk>";

  /** Its id. */
  public static final int UNKNOWN_ID = 0;

  /** What {@code vocabulary.json} holds: ids are positions. */
  private record Contents(
      String tokenizer,
      // Vocabularies of before there was this keep their checksum.
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean lowercase,
      List<String> tokens,
      // Pairs of tokens with a space between.
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> merges) {}

  @JsonValue private final Contents contents;
  private final TokenTable ids = new TokenTable();
  private final Optional<Merges> merges;

  /**
   * Ids in the order of {@code tokens}.
   *
   * @throws IllegalArgumentException if the first is not {@link #UNKNOWN} or one comes twice
   */
  public Vocabulary(String tokenizer, List<String> tokens) {
    this(tokenizer, false, tokens);
  }

  /**
   * As {@link #Vocabulary(String, List)}.
   *
   * @param lowercase whether text is lowered before it is cut into such tokens
   */
  public Vocabulary(String tokenizer, boolean lowercase, List<String> tokens) {
    this(tokenizer, lowercase, tokens, List.of());
  }

  /**
   * As {@link #Vocabulary(String, boolean, List)}.
   *
   * @param merges of a byte pair encoding, whose words are cut by the tokenizer: pairs of tokens
   *     with a space between, in the order in which they were learned; empty where tokens are what
   *     the tokenizer cuts
   */
  Vocabulary(String tokenizer, boolean lowercase, List<String> tokens, List<String> merges) {
    if (tokenizer == null || tokens.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "vocabulary: tokenizer %s, or one of the tokens, is null", tokenizer));
    }
    contents = new Contents(tokenizer, lowercase, List.copyOf(tokens), List.copyOf(merges));
    if (tokens.isEmpty() || !tokens.get(UNKNOWN_ID).equals(UNKNOWN)) {
      throw new IllegalArgumentException("vocabulary: the first token must be " + UNKNOWN);
    }
    for (int id = 0; id < tokens.size(); id++) {
      char[] chars = tokens.get(id).toCharArray();
      if (ids.add(chars, 0, chars.length) != id) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "vocabulary: token \"%s\" comes twice, again as id %d",
                tokens.get(id),
                id));
      }
    }
    this.merges =
        merges.isEmpty() && !tokenizer.equals(BytePairTokenizer.NAME)
            ? Optional.empty()
            : Optional.of(new Merges(merges, this::find));
  }

  private int find(String token) {
    return ids.find(token.toCharArray(), 0, token.length());
  }

  /** Name of the {@link Tokenizer} that cuts such tokens. */
  public String tokenizer() {
    return contents.tokenizer();
  }

  /** The same ids of tokens that are cut by another tokenizer, or come as tokens. */
  public Vocabulary withTokenizer(String name) {
    return name.equals(tokenizer())
        ? this
        : new Vocabulary(name, lowercase(), contents.tokens(), List.of());
  }

  /** Whether text is lowered before it is cut into such tokens. */
  public boolean lowercase() {
    return contents.lowercase();
  }

  /** The tokens of a text that goes on after them: its last line need not be finished. */
  public List<String> tokens(String text) {
    Tokenizer cutting = Tokenizer.named(tokenizer());
    return merges.isEmpty()
        ? cutting.tokens(text, lowercase())
        : Arrays.stream(ids(text)).mapToObj(this::token).toList();
  }

  /** The ids of {@link #tokens}. */
  public int[] ids(String text) {
    IntStream.Builder found = IntStream.builder();
    Tokenizer.Cutter cutter = Tokenizer.named(tokenizer()).cutter(encoder(found), lowercase());
    cutter.accept(text.toCharArray(), 0, text.length());
    cutter.flush();
    return found.build().toArray();
  }

  /** Turns what the tokenizer cuts into ids: one each, or those that its merges leave. */
  public TokenSink encoder(IntConsumer sink) {
    return merges
        .map(learned -> learned.encoder(sink))
        .orElse((chars, from, length) -> sink.accept(id(chars, from, length)));
  }

  /** Whether what the tokenizer cuts becomes ids other than the unknown symbol's. */
  boolean covers(String cut) {
    return merges.isPresent() || find(cut) > UNKNOWN_ID;
  }

  /**
   * Pairs of tokens with a space between, in the order in which a byte pair encoding merges them.
   */
  List<String> merges() {
    return contents.merges();
  }

  /**
   * A token that holds the end of a line and more, of merges that were learned elsewhere: with such
   * ones not every line of a text ends with the token {@link Tokenizer#lineEnd}.
   */
  public Optional<String> mergedLineEnd() {
    String lineEnd = Tokenizer.named(BytePairTokenizer.NAME).lineEnd();
    return merges.flatMap(
        learned ->
            contents.tokens().stream()
                .filter(token -> token.contains(lineEnd) && !token.equals(lineEnd))
                .findFirst());
  }

  /**
   * The same as a file of Hugging Face's library; empty where it is no byte pair encoding.
   *
   * @see TokenizerFile
   */
  public Optional<String> tokenizerFile() {
    return merges.map(learned -> TokenizerFile.of(this));
  }

  /** Number of ids. */
  public int size() {
    return contents.tokens().size();
  }

  /** The token's id, {@link #UNKNOWN_ID} if it has none of its own. */
  public int id(String token) {
    return id(token.toCharArray(), 0, token.length());
  }

  /** The id of the token that these chars make. */
  public int id(char[] chars, int from, int length) {
    return Math.max(UNKNOWN_ID, ids.find(chars, from, length));
  }

  /** Whether the token has an id of its own. */
  public boolean contains(String token) {
    return find(token) >= 0;
  }

  /**
   * The token of an id.
   *
   * @throws IndexOutOfBoundsException if no token has it
   */
  public String token(int id) {
    return contents.tokens().get(id);
  }

  /** SHA-256 of {@link #toJson} in UTF-8, in hexadecimal: equal for equal vocabularies only. */
  public String sha256() {
    return Sha256.of(toJson());
  }

  /** Readable JSON: what {@code vocabulary.json} holds. */
  public String toJson() {
    return JsonFile.text(contents);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if the text is not a vocabulary
   */
  public static Vocabulary fromJson(String json) {
    try {
      ObjectNode object = JsonFile.object(json);
      if (!object.has("lowercase")) {
        object.put("lowercase", false);
      }
      if (!object.has("merges")) {
        object.putArray("merges");
      }
      Contents contents = JsonFile.value(object, Contents.class);
      return new Vocabulary(
          contents.tokenizer(), contents.lowercase(), contents.tokens(), contents.merges());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("vocabulary: " + JsonFile.problem(e), e);
    }
  }

  /**
   * Refuses a vocabulary other than this one, for ids mean nothing without it.
   *
   * @param here what this vocabulary belongs to, for the message
   * @param there what the other belongs to
   * @throws IngestException if they differ, with the first id that does
   */
  public void requireSame(Vocabulary other, String here, String there) {
    if (contents.equals(other.contents)) {
      return;
    }
    String difference;
    if (!tokenizer().equals(other.tokenizer())) {
      difference =
          String.format(Locale.ROOT, "tokenizer %s against %s", tokenizer(), other.tokenizer());
    } else if (lowercase() != other.lowercase()) {
      difference =
          String.format(
              Locale.ROOT, "data.lowercase = %s against %s", lowercase(), other.lowercase());
    } else if (contents.tokens().equals(other.contents.tokens())) {
      difference = "the tokens are equal, their merges are not";
    } else {
      int id = firstDifference(other);
      difference =
          String.format(
              Locale.ROOT, "first at id %d: %s against %s", id, describe(id), other.describe(id));
    }
    throw new IngestException(
        String.format(
            Locale.ROOT,
            "vocabulary: that of %s (%d tokens, sha256 %.12s) is not that of %s (%d tokens, sha256 %.12s); %s",
            here,
            size(),
            sha256(),
            there,
            other.size(),
            other.sha256(),
            difference));
  }

  private int firstDifference(Vocabulary other) {
    int id = 0;
    while (id < Math.min(size(), other.size()) && token(id).equals(other.token(id))) {
      id++;
    }
    return id;
  }

  private String describe(int id) {
    return id < size() ? "\"" + token(id) + "\"" : "nothing";
  }

  /** Reads it within other JSON. */
  static final class Reading extends StdDeserializer<Vocabulary> {
    private static final long serialVersionUID = 1L;

    Reading() {
      super(Vocabulary.class);
    }

    @Override
    public Vocabulary deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return fromJson(context.readTree(parser).toString());
    }
  }
}
