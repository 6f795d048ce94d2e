package org.rondo.frames.sources;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.ingest.text.ZstdCodec;

/**
 * Formats that Spark reads. Of csv and json Rondo asks for what Spark by itself passes over without
 * a word: rows that are malformed or have too many or too few fields, and files whose header names
 * other columns. It tells where their rows stand, and which texts may be empty.
 */
final class SparkFormat {
  /** Spark's format of a row for each file. */
  static final String WHOLE_FILES = "binaryFile";

  /** Formats whose files Spark decompresses by their extension. */
  private static final Set<String> OF_LINES = Set.of("csv", "json", "text", "xml");

  private static final String SCHEMA = "schema";
  private static final String CORRUPT = "columnNameOfCorruptRecord";

  private SparkFormat() {}

  /**
   * @param options Spark's, and {@code schema}, columns with their types as in SQL
   */
  static Dataset<Row> load(
      SparkSession spark, String format, Map<String, String> options, String path) {
    var settings = new TreeMap<>(options);
    if (OF_LINES.contains(format)) {
      String ofSession = spark.sparkContext().hadoopConfiguration().get(ZstdCodec.KEY, "");
      String others = settings.getOrDefault(ZstdCodec.KEY, ofSession);
      settings.put(ZstdCodec.KEY, ZstdCodec.beside(others));
    }
    if (!format.equals("csv") && !format.equals("json")) {
      String schema = settings.remove(SCHEMA);
      DataFrameReader reader = spark.read().format(format).options(settings);
      Dataset<Row> rows = (schema == null ? reader : reader.schema(schema)).load(path);
      return format.equals(WHOLE_FILES)
          ? rows.withColumn(RowOrigin.FILE, functions.col("path"))
          : rows;
    }
    boolean asks = !settings.containsKey("mode") && !settings.containsKey(CORRUPT);
    boolean empties = format.equals("csv") && !settings.containsKey("nullValue");
    Dataset<Row> rows = loadLines(spark, format, settings, path, asks);
    StructType schema = empties ? withEmptyTexts(rows.schema()) : rows.schema();
    return LocatedRows.of(spark, rows, schema, asks);
  }

  /** Of csv or json. */
  private static Dataset<Row> loadLines(
      SparkSession spark, String format, Map<String, String> settings, String path, boolean asks) {
    String schema = settings.remove(SCHEMA);
    if (format.equals("csv")) {
      settings.putIfAbsent("header", "true");
      settings.putIfAbsent("enforceSchema", "false");
      // Pruned rows are not counted as too long or too short.
      settings.putIfAbsent("columnPruning", "false");
    }
    if (!asks) {
      DataFrameReader reader = spark.read().format(format).options(settings);
      return (schema == null ? reader : reader.schema(schema)).load(path);
    }
    settings.put(CORRUPT, RowOrigin.PROBLEM);
    StructType columns =
        schema == null
            ? spark.read().format(format).options(settings).load(path).schema()
            : StructType.fromDDL(schema);
    // Of problems alone, as in an empty file, Spark 4 reads no rows.
    boolean known = columns.length() == 0 || columns.getFieldIndex(RowOrigin.PROBLEM).isDefined();
    return spark
        .read()
        .format(format)
        .options(settings)
        .schema(known ? columns : columns.add(RowOrigin.PROBLEM, DataTypes.StringType))
        .load(path);
  }

  /** An empty cell of csv is null, as if there were none. */
  private static StructType withEmptyTexts(StructType schema) {
    return DataTypes.createStructType(
        Stream.of(schema.fields())
            .map(f -> RowOrigin.isOne(f.name()) ? f : RowOrigin.withEmptyTexts(f))
            .toArray(StructField[]::new));
  }
}
