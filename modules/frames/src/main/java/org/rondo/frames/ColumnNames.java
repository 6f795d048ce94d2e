package org.rondo.frames;

import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;

/** Names of columns as Spark's expressions take them, and as messages show them. */
public final class ColumnNames {
  /** In the metadata of a column that is made of one of the user's: the name of that one. */
  private static final String MADE_OF = "rondo.made_of";

  private ColumnNames() {}

  /** The name in back quotes, so that its dots are no path. */
  public static String quoted(String column) {
    return "`" + column.replace("`", "``") + "`";
  }

  /** Metadata of a column that is made of one of the user's, which messages are to name. */
  public static Metadata madeOf(String column) {
    return new MetadataBuilder().putString(MADE_OF, column).build();
  }

  /** The name of the user's column that this one is, or is made of. */
  public static String shown(StructField field) {
    return field.metadata().contains(MADE_OF) ? field.metadata().getString(MADE_OF) : field.name();
  }
}
