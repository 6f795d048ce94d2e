package org.rondo.ingest.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.ingest.Attempt;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.ObjectStore;
import org.rondo.ingest.Split;
import org.rondo.ingest.Texts;
import org.rondo.ingest.text.PrepareListener;

class CorpusPlaceTest {
  @TempDir private Path folder;
  private Path text;
  private Path target;

  @BeforeEach
  void places() {
    text = Texts.write(folder.resolve("text"), "abc abc\n");
    target = folder.resolve("corpus");
  }

  @Test
  void aCorpusThatARunMayReadStaysBesideThatOfAnotherPlanOrText() {
    Corpus read = Texts.prepare(Texts.whole(text, "characters"), target);
    Corpus words = Texts.prepare(Texts.whole(text, "words"), target);
    Path others = Texts.write(folder.resolve("other"), "xyz");
    Corpus other = Texts.prepare(Texts.whole(others, "characters"), target);

    assertThat(Texts.text(read, Split.TRAIN)).isEqualTo("abc abc\n");
    assertThat(words.tokens(Split.TRAIN)).isEqualTo(3);
    assertThat(Texts.text(other, Split.TRAIN)).isEqualTo("xyz");
    assertThat(List.of(words.folder().getName(), other.folder().getName()))
        .allMatch(name -> name.matches("corpus-[0-9a-f]{12}"))
        .doesNotHaveDuplicates();
    assertThat(Corpus.find(words.plan(), Texts.hadoop(target), Texts.HADOOP))
        .map(Corpus::folder)
        .contains(words.folder());
    assertThat(names()).hasSize(5);
  }

  @Test
  void textInFoldersNamedAsSplitsIsNoOldCorpus() {
    Path novel = Texts.write(target.resolve("train/novel.txt"), "abc");
    Texts.write(target.resolve("test/t.txt"), "abc");
    assertRefused(Texts.whole(novel, "characters"), target, "but no manifest.json");
    assertRefused(Texts.whole(text, "characters"), target, "but no manifest.json");
    assertRefused(
        Texts.whole(target.resolve("train"), "characters"), target, "but no manifest.json");
    assertThat(novel).hasContent("abc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"name\": \"my application\"}", "", "null", "[]", "{} x"})
  void aManifestOfSomethingElseIsNoOldCorpus(String json) {
    Path mine = Texts.write(target.resolve("manifest.json"), json);
    Texts.write(target.resolve("train/mine.txt"), "abc");
    assertRefused(Texts.whole(text, "characters"), target, "corpus/manifest.json is not valid: ");
    assertThat(mine).hasContent(json);
    assertThat(target.resolve("train/mine.txt")).exists();
  }

  @Test
  void aFileInThePlaceOfTheFolderStays() {
    Texts.write(target, "mine");
    assertRefused(Texts.whole(text, "characters"), target, "corpus holds corpus but no");
    assertThat(target).hasContent("mine");
  }

  @Test
  void textAndCorpusLieApartHoweverTheirPathsAreWritten() throws IOException {
    Path texts = Texts.write(folder.resolve("texts/a.txt"), "abc").getParent();
    Path link = Files.createSymbolicLink(folder.resolve("link"), texts);
    Path here = Path.of("").toAbsolutePath();
    CorpusPlan plan = Texts.whole(texts, "characters");

    String lies = " lies in the text's own directory ";
    assertRefused(plan, texts.resolve("corpus"), lies);
    assertRefused(plan, link.resolve("corpus"), lies);
    assertRefused(Texts.whole(link, "characters"), texts.resolve("deep/corpus"), lies);
    assertRefused(Texts.whole(here.relativize(texts), "characters"), texts.resolve("c"), lies);
    assertRefused(Texts.whole(folder.resolve("te*"), "characters"), texts.resolve("c"), lies);
    assertRefused(Texts.whole(texts.resolve("*"), "characters"), texts.resolve("c"), lies);
    assertRefused(Texts.whole(texts.resolve("{a.txt,c}"), "words"), texts.resolve("c"), lies);
    // Everything that would be replaced, were it a corpus, is refused for what it holds.
    assertRefused(plan, texts, "but no manifest.json");
    assertRefused(Texts.whole(texts.resolve("a.txt"), "words"), texts, "but no manifest.json");
    assertRefused(Texts.whole(texts.resolve("a.txt"), "words"), link, "but no manifest.json");
    assertThat(texts.resolve("a.txt")).hasContent("abc");
  }

  @Test
  void textInsideAPreparedCorpusIsRefused() {
    Texts.prepare(Texts.whole(text, "characters"), target);
    Path inside = Texts.write(target.resolve("train/novel.txt"), "abc");
    assertRefused(Texts.whole(inside, "words"), target, "lies in ");
    assertThat(inside).exists();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofManyPreparationsAtOnceOneWinsAndTheOthersUseItsCorpus(boolean samePlan) throws Exception {
    int threads = 6;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (int round = 0; round < 8; round++) {
        Path place = folder.resolve("corpus-of-round-" + round);
        for (Corpus each : together(pool, threads, place, samePlan)) {
          assertThat(Texts.text(each, Split.TRAIN)).isEqualTo("abc abc\n");
        }
        long expected = samePlan ? 1 : 2;
        assertThat(names().stream().filter(n -> n.startsWith(place.getFileName().toString() + "-")))
            .hasSize((int) expected - 1);
        assertThat(names()).noneMatch(name -> name.startsWith("_"));
        assertThat(place.resolve("manifest.json")).exists();
        try (Stream<Path> inside = Files.list(place)) {
          assertThat(inside).noneMatch(p -> p.getFileName().toString().startsWith("_"));
        }
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private List<Corpus> together(ExecutorService pool, int threads, Path place, boolean samePlan)
      throws Exception {
    var barrier = new CyclicBarrier(threads);
    var tasks = new ArrayList<Callable<Corpus>>();
    for (int i = 0; i < threads; i++) {
      String tokenizer = samePlan || i % 2 == 0 ? "characters" : "words";
      tasks.add(
          () -> {
            barrier.await();
            return Texts.prepare(Texts.whole(text, tokenizer), place);
          });
    }
    var corpora = new ArrayList<Corpus>();
    for (Future<Corpus> each : pool.invokeAll(tasks)) {
      corpora.add(each.get());
    }
    return corpora;
  }

  @Test
  void whereFoldersAppearFileByFileTheirNameSaysWhatTheyHold() throws IOException {
    Configuration hadoop = ObjectStore.register(new Configuration());
    var place = new org.apache.hadoop.fs.Path("objects://" + target);
    CorpusPlan plan = Texts.whole(text, "characters");
    PrepareListener killedHalfway =
        (pass, bytes, total) -> {
          if (pass == PrepareListener.Pass.ENCODE) {
            ObjectStore.failAfterRenames(1);
          }
        };
    assertThatThrownBy(() -> Corpus.prepare(plan, place, hadoop, killedHalfway))
        .isInstanceOf(UncheckedIOException.class);
    ObjectStore.failAfterRenames(Integer.MAX_VALUE);
    assertThat(Corpus.find(plan, place, hadoop)).isEmpty();

    Corpus whole = Corpus.prepare(plan, place, hadoop, PrepareListener.SILENT);

    assertThat(whole.folder().getName()).matches("corpus-[0-9a-f]{12}");
    assertThat(Texts.text(whole, Split.TRAIN)).isEqualTo("abc abc\n");
    assertThat(Corpus.prepare(plan, place, hadoop, PrepareListener.SILENT).folder())
        .isEqualTo(whole.folder());
  }

  @ParameterizedTest
  @ValueSource(strings = {"characters", "words"})
  void aRenameThatNestsInTheCorpusOfAFasterPreparationIsUndone(String faster) throws IOException {
    Configuration hadoop = ObjectStore.register(new Configuration());
    var place = new org.apache.hadoop.fs.Path("hdfs://test" + target);
    CorpusPlan plan = Texts.whole(text, "characters");
    ObjectStore.beforeRename(
        () -> Corpus.prepare(Texts.whole(text, faster), place, hadoop, PrepareListener.SILENT));

    Corpus corpus = Corpus.prepare(plan, place, hadoop, PrepareListener.SILENT);

    assertThat(Texts.text(corpus, Split.TRAIN)).isEqualTo("abc abc\n");
    assertThat(corpus.folder().getName().equals("corpus")).isEqualTo(faster.equals("characters"));
    assertThat(Corpus.open(place, hadoop).tokenizer().name()).isEqualTo(faster);
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all).noneMatch(path -> path.getFileName().toString().startsWith("_"));
    }
  }

  @Test
  void whatAKilledPreparationLeftIsRemovedByTheNext() throws IOException {
    FileSystem fs = FileSystem.getLocal(Texts.HADOOP);
    UUID dead = UUID.randomUUID();
    Texts.write(folder.resolve("_corpus." + dead + "/train/block-00000.bin"), "x");
    Texts.write(
        folder.resolve("_corpus." + dead + ".lock"),
        "An attempt of Rondo's to prepare data: " + dead + System.lineSeparator());
    UUID mine = UUID.randomUUID();
    Texts.write(folder.resolve("_corpus." + mine + "/precious.txt"), "x");
    Texts.write(folder.resolve("_corpus." + mine + ".lock"), "my own");

    try (Attempt living = Attempt.beside(fs, Texts.hadoop(target))) {
      Texts.prepare(Texts.whole(text, "characters"), target);
      assertThat(folder.resolve(living.folder().getName())).exists();
    }

    assertThat(names())
        .containsExactlyInAnyOrder(
            "text", "corpus", "_corpus." + mine, "_corpus." + mine + ".lock");
  }

  @Test
  void aBlankNameIsNoPlace() {
    assertRefused(Texts.whole(text, "characters"), folder.resolve("  "), "is no name of a folder");
  }

  private List<String> names() {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(p -> p.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertRefused(CorpusPlan plan, Path place, String message) {
    assertThatThrownBy(() -> Texts.prepare(plan, place))
        .isInstanceOf(IngestException.class)
        .hasMessageStartingWith("corpus: ")
        .hasMessageContaining(message);
  }
}
