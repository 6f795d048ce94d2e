package org.rondo.runs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.ingest.IngestException;

final class RunsPageTest {
  @TempDir private Path folder;

  private String run(String name, String... events) throws IOException {
    Path output = Files.createDirectories(folder.resolve(name));
    Files.write(output.resolve(RunFolder.EVENTS), List.of(events));
    return output.toString();
  }

  private static String configuration(String settings) {
    return """
        {"event":"configuration","settings":{%s},"data":{"rows":{"longest":9}},"network":{"head":"tagger"},"machine":{"java":"17"}}"""
        .formatted(settings);
  }

  private static String started(int first) {
    return "{\"event\":\"started\",\"first_round\":%d,\"rounds\":9,\"parameters\":77,\"fingerprint\":\"k\"}"
        .formatted(first);
  }

  private static String round(int round, double loss) {
    return "{\"event\":\"round_finished\",\"round\":%d,\"train_loss\":%s,\"tokens\":100,\"seconds\":2.0,\"tokens_per_second\":50}"
        .formatted(round, loss);
  }

  private static String evaluated(int round, double loss, boolean best) {
    return "{\"event\":\"evaluated\",\"round\":%d,\"loss\":%s,\"best\":%s,\"scores\":[{\"name\":\"f1\",\"value\":%s,\"higher_is_better\":true}]}"
        .formatted(round, loss, best, 1 - loss);
  }

  private JsonNode histories(Path page) throws IOException {
    String html = Files.readString(page);
    String begin = "<script id=\"histories\" type=\"application/json\">";
    int from = html.indexOf(begin) + begin.length();
    return new ObjectMapper().readTree(html.substring(from, html.indexOf("</script>", from)));
  }

  private Path page(String... runs) throws IOException {
    Path page = folder.resolve("runs.html");
    RunsPage.write(
        List.of(runs), new org.apache.hadoop.fs.Path(page.toString()), new Configuration());
    return page;
  }

  @Test
  void aResumedRunCountsTheRoundsThatItRepeatedOnce() throws IOException {
    String resumed =
        run(
            "resumed",
            configuration("\"seed\":\"1\""),
            started(1),
            round(1, 3),
            round(2, 2.5),
            evaluated(2, 0.75, true),
            round(3, 2.25),
            "{\"event\":\"finished\",\"round\":3,\"end\":\"INTERRUPTED\"}",
            started(3),
            round(3, 2),
            round(4, 1.5),
            evaluated(4, 0.5, true),
            "{\"event\":\"finished\",\"round\":4,\"end\":\"STOPPED_EARLY\"}");

    JsonNode history = histories(page(resumed)).get(0);

    assertThat(history.get("path").asText()).isEqualTo(resumed);
    assertThat(history.get("state").asText()).isEqualTo("stopped early");
    assertThat(history.get("tokens").asLong()).isEqualTo(400);
    assertThat(history.get("seconds").asDouble()).isEqualTo(8);
    assertThat(history.get("last_round").asInt()).isEqualTo(4);
    assertThat(history.get("rounds"))
        .hasToString(
            "[[1.0,100.0,2.0,3.0,50.0],[2.0,200.0,4.0,2.5,50.0],[3.0,300.0,6.0,2.0,50.0],[4.0,400.0,8.0,1.5,50.0]]");
    JsonNode last = history.get("evaluations").get(1);
    assertThat(last.get("tokens").asLong()).isEqualTo(400);
    assertThat(last.at("/scores/0"))
        .hasToString("{\"name\":\"f1\",\"value\":0.5,\"higher_is_better\":true}");
    assertThat(history.at("/machine/kernels").asText()).isEqualTo("k");
    assertThat(history.at("/subject/parameters").asText()).isEqualTo("77");
    assertThat(history.at("/subject/rows").asText()).isEqualTo("{\"longest\":9}");
  }

  @Test
  void aLongRunIsDrawnFromSomeOfItsRoundsAndItsSumsFromAll() throws IOException {
    var events = new ArrayList<String>();
    for (int i = 1; i <= Thinning.DRAWN + 2; i++) {
      events.add(round(i, 1));
    }

    JsonNode history = histories(page(run("long", events.toArray(String[]::new)))).get(0);

    assertThat(history.get("tokens").asLong()).isEqualTo(100L * (Thinning.DRAWN + 2));
    assertThat(history.get("rounds")).hasSize(Thinning.DRAWN / 2 + 2);
    assertThat(history.at("/rounds/501/0").asInt()).isEqualTo(Thinning.DRAWN + 2);
  }

  @Test
  void thePageHoldsAllThatItDrawsAndNoRunCanAddScripts() throws IOException {
    String one =
        run("one", configuration("\"a\":\"</script><script>alert(1)\""), "{\"event\":\"fini");
    String two = run("two", started(1), round(1, 2));

    Path page = page(one, two);

    assertThat(page)
        .content()
        .contains("uPlot=function", ".uplot", "\\u003cscript>alert(1)")
        .doesNotContain("{{", "src=", "href=", "<script>alert");
    assertThat(histories(page))
        .extracting(run -> run.get("state").asText())
        .containsExactly("round 0 of 0", "round 1 of 9");
  }

  @Test
  void anEarlierPageIsReplacedAndNothingElse() throws IOException {
    String run = run("one", started(1));
    page(run);
    Path page = page(run, run);
    assertThat(histories(page)).hasSize(2);
    Files.writeString(page, "<html>of someone</html>");
    assertThatThrownBy(() -> page(run))
        .hasMessage(page + " is there and is no page of runs; name another file");
  }

  @Test
  void aFolderWithoutARunIsNamed() {
    assertThatThrownBy(() -> page(folder.toString()))
        .isInstanceOf(IngestException.class)
        .hasMessage(
            "report: " + folder + " holds no events.jsonl; the output folder of a run does");
  }
}
