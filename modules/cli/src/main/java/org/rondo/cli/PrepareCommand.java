package org.rondo.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.rondo.cli.exit.ExitCode;
import org.rondo.cli.exit.Interrupts;
import org.rondo.cli.terminal.StatusLine;
import org.rondo.cli.terminal.VersionLine;
import org.rondo.runs.Plans;
import org.rondo.runs.Preparation;
import org.rondo.runs.RowData;
import org.rondo.runs.Settings;
import org.rondo.runs.spark.SparkStart;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rondo prepare}: reads text or rows once and leaves them prepared. */
@Command(
    name = "prepare",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLine.class,
    header = "Reads text or rows once and leaves them prepared.",
    description = {
      "Of a text: counts the tokens, builds the vocabulary and writes blocks of ids, on Spark where",
      "it has more than 64 MB or data.format names rows that hold documents. Of rows: fits the task",
      "to the training rows, encodes all of them, and shows what was found. train does this by",
      "itself; what is prepared once serves many runs (see data.prepared)."
    })
final class PrepareCommand implements Callable<Integer> {
  @Mixin private RunOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Settings settings = options.settings();
    Plans plans = new Plans(settings);
    var status = StatusLine.standardError(spec.commandLine().getErr());
    try (var interrupts = Interrupts.listen(status)) {
      spec.commandLine().getOut().println(prepared(settings, plans, interrupts, status));
    }
    return ExitCode.DONE.number();
  }

  private String prepared(Settings settings, Plans plans, Interrupts interrupts, StatusLine status)
      throws IOException {
    boolean onSpark = plans.ofDocuments() || !plans.ofText();
    if (onSpark) {
      plans.check();
    }
    Configuration hadoop =
        SparkStart.hadoop(settings, onSpark ? options.master() : Optional.of("local"));
    try (var spark = new CommandSpark("prepare", settings, options.master(), status)) {
      if (plans.ofText()) {
        return Preparation.summary(
            Preparation.run(plans, hadoop, spark::session, interrupts.preparing()));
      }
      return RowData.prepare(plans, spark.session(), hadoop, interrupts.preparing()).summary();
    }
  }
}
