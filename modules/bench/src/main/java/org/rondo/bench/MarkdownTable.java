package org.rondo.bench;

import java.util.List;

/** A table of Markdown, row by row. */
public final class MarkdownTable {
  private final StringBuilder text = new StringBuilder();

  public MarkdownTable(List<String> header) {
    row(header);
    text.append("|---".repeat(header.size())).append("|\n");
  }

  public MarkdownTable row(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
