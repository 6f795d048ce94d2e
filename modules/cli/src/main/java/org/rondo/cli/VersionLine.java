package org.rondo.cli;

import org.rondo.runs.Versions;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionLine implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "rondo %s, built for Spark %s".formatted(Versions.rondo(), Versions.spark())
    };
  }
}
