package org.rondo.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.rondo.cli.terminal.StatusLine;
import org.rondo.cli.terminal.VersionLine;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.runs.Plans;
import org.rondo.runs.Preparation;
import org.rondo.runs.Settings;
import org.rondo.runs.SparkStart;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rondo prepare}: reads a text once and leaves it as a prepared corpus. */
@Command(
    name = "prepare",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLine.class,
    header = "Reads a text once and writes it as a prepared corpus.",
    description = {
      "Counts the tokens, builds the vocabulary and writes blocks of ids. train does this by itself",
      "where it is missing; prepared once, a corpus serves many runs (see data.prepared)."
    })
final class PrepareCommand implements Callable<Integer> {
  @Mixin private RunOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Settings settings = options.settings();
    Plans plans = new Plans(settings);
    Configuration hadoop = SparkStart.hadoop(settings, Optional.of("local"));
    PrintWriter err = spec.commandLine().getErr();
    try (var interrupts = Interrupts.listen(StatusLine.standardError(err))) {
      Corpus corpus = Preparation.run(plans, hadoop, interrupts.preparing());
      spec.commandLine().getOut().println(Preparation.summary(corpus));
    }
    return ExitCode.DONE.number();
  }
}
