package org.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.rondo.runs.Settings;
import org.rondo.testkit.DocSnippets;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * The command lines that the documents show are ones that Rondo takes: commands, options,
 * configurations and keys. Their data are not here, so none of them runs.
 */
final class DocCommandsTest {
  private static final Path ROOT = Path.of("../..");

  /** A word of a shell's line, or what ends a command in it. */
  private static final Pattern WORD =
      Pattern.compile("\\s+#.*$|[|;]|(?:'[^']*'|\"[^\"]*\"|[^\\s|;'\"])+");

  @Test
  void everyCommandOfTheDocumentsIsTaken() throws IOException {
    int commands = 0;
    for (Path page : DocSnippets.pages(ROOT)) {
      for (String line : commandLines(Files.readString(page))) {
        for (List<String> words : rondoCommands(line)) {
          commands++;
          assertThat(check(words)).as("%s: %s", page, line).isTrue();
        }
      }
    }

    assertThat(commands).isGreaterThan(30);
  }

  @Test
  void whatIsNotTakenIsFound() {
    String wrongKey = "RONDO_SPARK=4 scripts/rondo train my.conf --set data.pth='a b' # as said";
    List<List<String>> commands = rondoCommands("echo a | " + wrongKey);

    assertThat(commands).containsExactly(List.of("train", "my.conf", "--set", "data.pth=a b"));
    assertThatThrownBy(() -> check(commands.get(0))).hasMessageContaining("data.pth");
    assertThatThrownBy(() -> check(List.of("train", "my.conf", "--resumes")))
        .hasMessageContaining("--resumes");
  }

  /** What is indented by four spaces, with the lines that continue one. */
  private static List<String> commandLines(String page) {
    return page.replaceAll("\\\\\\n\\s*", " ")
        .lines()
        .filter(line -> line.startsWith("    ") && !line.contains("COMMAND"))
        .toList();
  }

  /** The arguments of each rondo command of a line; of a submission, those behind Spark's. */
  private static List<List<String>> rondoCommands(String line) {
    var commands = new ArrayList<List<String>>();
    List<String> words =
        WORD.matcher(line)
            .results()
            .map(word -> word.group())
            .filter(word -> !word.matches("\\s+#.*"))
            .toList();
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).matches("(scripts/)?rondo(-submit)?")) {
        boolean submission = words.get(i).endsWith("-submit");
        commands.add(
            words.stream()
                .skip(i + 1L)
                .takeWhile(word -> !word.equals("|") && !word.equals(";"))
                .dropWhile(word -> submission && !isCommand(word))
                .map(word -> word.replaceAll("['\"]", ""))
                .toList());
      }
    }
    return commands;
  }

  private static boolean isCommand(String word) {
    return Main.parser().getSubcommands().containsKey(word);
  }

  /**
   * Reads a command line as the command does.
   *
   * @return true; what is wrong with it is thrown
   */
  private static boolean check(List<String> words) {
    CommandLine parser = Main.parser();
    ParseResult parsed = parser.parseArgs(words.toArray(String[]::new)).subcommand();
    Map<String, String> overrides = parsed.matchedOptionValue("--set", Map.of());
    Object first = parsed.matchedPositionalValue(0, null); // a list, if a command takes several
    boolean ours = first instanceof File file && file.getPath().startsWith("conf/");
    Settings settings =
        ours ? Settings.load(ROOT.resolve(first.toString()).toFile()) : Settings.defaults();
    return settings.with(overrides, "--set") != null;
  }
}
