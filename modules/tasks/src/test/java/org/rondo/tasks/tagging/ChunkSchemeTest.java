package org.rondo.tasks.tagging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ChunkSchemeTest {
  /** Two neighbouring names of one type, a longer one, and one of a single token of another. */
  private static final String IOB1 = "I-PER B-PER O I-LOC I-LOC I-LOC I-PER";

  private static final String IOB2 = "B-PER B-PER O B-LOC I-LOC I-LOC B-PER";
  private static final String IOBES = "S-PER S-PER O B-LOC I-LOC E-LOC S-PER";

  private static List<String> tags(String text) {
    return List.of(text.split(" "));
  }

  @ParameterizedTest
  @CsvSource({IOB1, IOB2, IOBES})
  void theSameChunksAreWrittenInEveryScheme(String text) {
    assertThat(ChunkScheme.IOB1.of(tags(text))).isEqualTo(tags(IOB1));
    assertThat(ChunkScheme.IOB2.of(tags(text))).isEqualTo(tags(IOB2));
    assertThat(ChunkScheme.IOBES.of(tags(text))).isEqualTo(tags(IOBES));
    assertThat(ChunkScheme.NONE.of(tags(text))).isEqualTo(tags(text));
  }

  @ParameterizedTest
  @CsvSource({
    "O I-PER I-LOC, O S-PER S-LOC",
    "E-PER E-PER, S-PER S-PER",
    "B-PER E-LOC, S-PER S-LOC",
    "S-PER I-PER, S-PER S-PER",
  })
  void brokenTagsAreMendedToTheChunksThatConllevalSees(String broken, String mended) {
    assertThat(ChunkScheme.IOBES.of(tags(broken))).isEqualTo(tags(mended));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void noTagsStayNone(ChunkScheme scheme) {
    assertThat(scheme.of(List.of())).isEmpty();
    assertThat(scheme.of(List.of("O"))).containsExactly("O");
  }

  @ParameterizedTest
  @CsvSource({IOB1 + ",IOB1", IOB2 + ",IOB2", IOBES + ",IOBES", "B-X I-X O,IOB2", "I-X,IOB1"})
  void rowsSayWhichSchemeTheyKeep(String text, ChunkScheme scheme) {
    var counts = new SchemeCounts();
    counts.add(tags("O O O"));
    var others = new SchemeCounts();
    others.add(tags(text));
    counts.merge(others);
    assertThat(counts.scheme()).isEqualTo(scheme);
  }

  @Test
  void fewBrokenRowsChangeNoScheme() {
    var counts = new SchemeCounts();
    counts.add(tags("I-X O")); // broken as IOB2
    counts.add(tags(IOB2));
    counts.add(tags("B-X O"));
    assertThat(counts.scheme()).isEqualTo(ChunkScheme.IOB2);
  }

  @Test
  void tagsOfChunksAreKnownByTheirForm() {
    assertThat(ChunkScheme.tagsChunks(List.of("O", "B-X", "S-A-B"))).isTrue();
    assertThat(ChunkScheme.tagsChunks(List.of("O", "NN"))).isFalse();
    assertThat(ChunkScheme.tagsChunks(List.of("O"))).isFalse();
  }

  @Test
  void illegalPairsOfIob2BreakIntoChunks() {
    var illegal = new IllegalTags(List.of("O", "B-X", "I-X", "B-Y", "I-Y"), ChunkScheme.IOB2);
    // I-X and I-Y begin nothing, and follow only their own type.
    assertThat(illegal.option()).isEqualTo("0-2, 0-4, 1-4, start-2, 2-4, 3-2, start-4, 4-2");
    assertThat(illegal.firstIllegal(tags("B-X I-X B-Y"))).isEqualTo(-1);
    assertThat(illegal.firstIllegal(tags("B-X I-X I-Y"))).isEqualTo(2);
  }

  @Test
  void illegalPairsOfIobesLeaveNoChunkOpenEither() {
    var illegal = new IllegalTags(List.of("O", "B-X", "E-X", "S-X"), ChunkScheme.IOBES);
    assertThat(illegal.option()).isEqualTo("0-2, 1-end, 1-0, 1-1, 1-3, start-2, 2-2, 3-2");
    assertThat(illegal.firstIllegal(tags("S-X B-X"))).isEqualTo(2);
    assertThat(illegal.firstIllegal(tags("S-X B-X E-X"))).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({
    "paris,small",
    "Paris,capitalized",
    "I,capitalized",
    "NATO,capitals",
    "McKay,mixed",
    "iPod,mixed",
    "B52,letters_and_digits",
    "3.5,digits",
    "...,marks",
    "\u00C9t\u00E9,capitalized",
    "\u6771\u4EAC,small",
  })
  void wordsHaveShapes(String word, String shape) {
    assertThat(WordShape.of(word).word()).isEqualTo(shape);
  }
}
