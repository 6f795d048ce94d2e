package org.rondo.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Split;
import org.rondo.ingest.Texts;
import org.rondo.ingest.corpus.Corpus;

class TextFilesTest {
  @TempDir private Path folder;
  private Path texts;

  @BeforeEach
  void place() throws IOException {
    texts = Files.createDirectory(folder.resolve("texts"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a:b.txt",
        "a[b].txt",
        "a{b,c}.txt",
        "a b.txt",
        "50%.txt",
        "#1.txt",
        "a*?.txt",
        "a\\b.txt",
        "a%20b.txt",
        "[",
        "{"
      })
  void aFileOfExactlyThatNameGoesBeforeAGlobAndIsReadBelowAFolder(String name) {
    Path file = Texts.write(texts.resolve(name), "abc");
    Texts.write(texts.resolve("ab.txt"), "x");
    assertThat(read(file)).isEqualTo("abc");
    assertThat(read(texts)).contains("abc").hasSize(4);
    assertThat(TextFiles.find("file:" + file, Texts.HADOOP).files()).hasSize(1);
  }

  @Test
  void folderNamesMayHoldTheSame() {
    Path file = Texts.write(texts.resolve("a:b [c]/100% #{d}/e.txt"), "abc");
    assertThat(read(file)).isEqualTo("abc");
    assertThat(read(texts.resolve("a:b [c]"))).isEqualTo("abc");
  }

  /** Manifests of before hold the paths of globs, and are to stay equal. */
  @Test
  void pathsAreWrittenAsGlobsWriteThem() throws IOException {
    Path file = Texts.write(texts.resolve("a.txt"), "abc");
    String relative = Path.of("").toAbsolutePath().relativize(file).toString();
    for (String each : List.of(file.toString(), relative, "./" + relative, "file://" + file)) {
      var path = new org.apache.hadoop.fs.Path(each);
      assertThat(TextFiles.find(each, Texts.HADOOP).files().get(0).path())
          .isEqualTo(path.getFileSystem(Texts.HADOOP).globStatus(path)[0].getPath().toString());
    }
  }

  @Test
  void aGlobMatchesAmongNamesWithColons() {
    Path colon = Texts.write(texts.resolve("a:b.txt"), "abc");
    Path plain = Texts.write(texts.resolve("c d.txt"), "abc");
    Path below = Texts.write(texts.resolve("e:f/g.txt"), "abc");
    Texts.write(texts.resolve("h.text"), "abc");

    assertThat(found(texts + "/*.txt")).containsExactly("file:" + colon, "file:" + plain);
    assertThat(found(texts + "/c*")).containsExactly("file:" + plain);
    assertThat(found(texts + "/{a,x}:?.txt")).containsExactly("file:" + colon);
    assertThat(found(texts + "/[e]*/g.txt")).containsExactly("file:" + below);
    assertThat(found(texts.getParent() + "/*/e:f/*")).containsExactly("file:" + below);
    assertRefused(texts + "/x*", "data: nothing at " + texts + "/x*");
  }

  private static List<String> found(String path) {
    return TextFiles.find(path, Texts.HADOOP).files().stream().map(SourceFile::path).toList();
  }

  @Test
  void aNameWithAColonThatIsNotThereIsNothing() {
    for (String missing : List.of("no:such.txt", texts + "/no:such.txt", "no/no:such.txt")) {
      assertThatThrownBy(() -> TextFiles.find(missing, Texts.HADOOP))
          .isInstanceOf(IngestException.class)
          .hasMessage("data: nothing at " + missing);
    }
  }

  @Test
  void addressesOfHttpAreNoTexts() {
    assertRefused("http://localhost:9/a.txt", "http tells no length of a file; copy the text");
  }

  @Test
  void whatIsHiddenByItsNameIsCounted() {
    for (String name : List.of("a.txt", ".b.txt", "_c/d.txt", "e/_f.txt", "_SUCCESS")) {
      Texts.write(texts.resolve(name), "abc");
    }
    assertThat(TextFiles.find(texts.toString(), Texts.HADOOP).hidden())
        .extracting(org.apache.hadoop.fs.Path::getName)
        .containsExactlyInAnyOrder(".b.txt", "_c", "_f.txt");
    assertThat(TextFiles.find(texts + "/e/_f.txt", Texts.HADOOP).hidden()).isEmpty();
  }

  @Test
  void devicesAndPipesAreNoText() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/zero")));
    assertRefused("/dev/zero", "/dev/zero is a device or a pipe");
    assertRefused(Files.createSymbolicLink(texts.resolve("z"), Path.of("/dev/zero")), "a device");
    Files.delete(texts.resolve("z"));
    Process mkfifo = new ProcessBuilder("mkfifo", texts.resolve("p").toString()).start();
    assumeTrue(mkfifo.waitFor() == 0);
    assertRefused(texts, "p is a device or a pipe");
  }

  @Test
  void linksThatLeadNowhereOrBackAreNotPassedOver() throws IOException {
    Texts.write(texts.resolve("a.txt"), "abc");
    Path link = Files.createSymbolicLink(texts.resolve("b.txt"), folder.resolve("none"));
    assertRefused(texts, "lists \"b.txt\", which is a link that leads nowhere");
    Files.delete(link);
    Files.createSymbolicLink(texts.resolve("up"), folder);
    assertRefused(texts, "/texts/up/texts is a link to ");
  }

  /** The name is Latin-1, which is no UTF-8; in other locales it is no name either. */
  @Test
  void aNameOfAnotherCharacterSetIsNotPassedOver() throws Exception {
    Texts.write(texts.resolve("a.txt"), "abc");
    Process shell =
        new ProcessBuilder("sh", "-c", "printf x >\"$(printf 'caf\\351.txt')\"")
            .directory(texts.toFile())
            .start();
    assumeTrue(shell.waitFor() == 0);
    String[] listed = texts.toFile().list();
    assumeTrue(
        Stream.of(listed).anyMatch(name -> !texts.resolve("a.txt").endsWith(name))
            && Stream.of(listed).anyMatch(name -> !texts.resolve(name).toFile().exists()),
        "this file system or locale reads the name");
    try {
      assertRefused(texts, "cannot be opened: its name is not in the character set");
      assertRefused(texts + "/*.txt", "cannot be opened: its name is not in the character set");
    } finally {
      new ProcessBuilder("sh", "-c", "rm -f caf*.txt").directory(texts.toFile()).start().waitFor();
    }
  }

  private String read(Path path) {
    List<SourceFile> files = TextFiles.find(path.toString(), Texts.HADOOP).files();
    assertThat(files).isSortedAccordingTo(Comparator.comparing(SourceFile::path));
    Corpus corpus =
        Texts.prepare(
            Texts.whole(path, "characters"), folder.resolve("corpus" + System.nanoTime()));
    return Texts.text(corpus, Split.TRAIN);
  }

  private static void assertRefused(Object path, String message) {
    assertThatThrownBy(() -> TextFiles.find(path.toString(), Texts.HADOOP))
        .isInstanceOf(IngestException.class)
        .hasMessageMatching("(text|data): [^\n]*")
        .hasMessageContaining(message);
  }
}
