package org.rondo.driver.ui;

import java.util.List;

/** Writes markup; every text and attribute is escaped. */
final class Html {
  private final StringBuilder markup = new StringBuilder();

  /** Opens an element; {@link #close} ends it. */
  Html open(String tag, String style) {
    markup.append('<').append(tag).append(" class=\"").append(escape(style)).append("\">");
    return this;
  }

  Html close(String tag) {
    markup.append("</").append(tag).append(">\n");
    return this;
  }

  /** A whole element around a text. */
  Html element(String tag, String style, String text) {
    open(tag, style);
    markup.append(escape(text));
    return close(tag);
  }

  /** A table in Spark's style, sorted by a click on its head. */
  Html table(List<String> head, List<List<String>> rows) {
    open("table", "table table-bordered table-sm table-striped sortable").open("thead", "");
    row("th", "", head);
    close("thead").open("tbody", "");
    rows.forEach(cells -> row("td", "", cells));
    return close("tbody").close("table");
  }

  /** A row of cells. */
  Html row(String cell, String style, List<String> texts) {
    open("tr", style);
    texts.forEach(text -> element(cell, "", text));
    return close("tr");
  }

  /** Markup as it is, from where nothing of a user is in it unescaped. */
  Html raw(String trusted) {
    markup.append(trusted);
    return this;
  }

  /** A text that cannot end the element or attribute that it stands in. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  @Override
  public String toString() {
    return markup.toString();
  }
}
