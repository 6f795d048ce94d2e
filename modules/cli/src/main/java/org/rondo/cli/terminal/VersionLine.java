package org.rondo.cli.terminal;

import java.util.Locale;
import org.rondo.training.Versions;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
public final class VersionLine implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      String.format(Locale.ROOT, "rondo %s, built for Spark %s", Versions.rondo(), Versions.spark())
    };
  }
}
