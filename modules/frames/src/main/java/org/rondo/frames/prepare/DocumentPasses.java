package org.rondo.frames.prepare;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.rondo.driver.jobs.Guarded;
import org.rondo.frames.rows.ExampleBytes;
import org.rondo.ingest.Split;
import org.rondo.ingest.corpus.CorpusAssembly;
import org.rondo.ingest.corpus.CorpusPlan;
import org.rondo.ingest.corpus.IdBlock;
import org.rondo.ingest.corpus.IdPart;
import org.rondo.ingest.corpus.IdPartWriter;
import org.rondo.ingest.text.TokenCounts;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.ingest.text.Vocabulary;
import scala.Tuple2;

/**
 * The passes over placed rows that hold documents. The end of a line stands behind each document,
 * so that none runs on into the next.
 */
final class DocumentPasses {
  private static final char[] LINE_END = {'\n'};

  private final JavaPairRDD<RowKey, String> rows;
  private final ExampleBytes bytes;
  private final CorpusPlan plan;

  DocumentPasses(JavaPairRDD<RowKey, String> rows, ExampleBytes bytes, CorpusPlan plan) {
    this.rows = rows;
    this.bytes = bytes;
    this.plan = plan;
  }

  /** Looks at all rows. */
  List<LookedPart> look() {
    JavaRDD<byte[]> results =
        rows.mapPartitions(part -> List.of(TaskResult.bytes(LookedPart.of(part))).iterator());
    return Guarded.collect(results).stream()
        .map(result -> TaskResult.of(result, LookedPart.class))
        .toList();
  }

  /** How often each word of the training documents occurs, as the tokenizer cuts them. */
  TokenCounts words() {
    ExampleBytes codec = bytes;
    String tokenizer = plan.tokenizer();
    boolean lowercase = plan.lowercase();
    int parts = rows.getNumPartitions();
    List<Tuple2<String, Long>> counted =
        rows.mapPartitionsToPair(part -> words(part, codec, tokenizer, lowercase))
            .reduceByKey(Long::sum, parts)
            .collect();
    var words = new TokenCounts();
    counted.forEach(word -> words.add(word._1(), word._2()));
    return words;
  }

  private static Iterator<Tuple2<String, Long>> words(
      Iterator<Tuple2<RowKey, String>> rows,
      ExampleBytes bytes,
      String tokenizer,
      boolean lowercase) {
    var counts = new TokenCounts();
    Tokenizer.Cutter cutter = Tokenizer.named(tokenizer).cutter(counts, lowercase);
    each(
        rows,
        bytes,
        (key, text) -> {
          if (key.isOfTraining()) {
            cut(text, cutter);
          }
        });
    var pairs = new ArrayList<Tuple2<String, Long>>();
    counts.forEach((word, count) -> pairs.add(new Tuple2<>(word, count)));
    return pairs.iterator();
  }

  /**
   * Writes the ids of all documents.
   *
   * @return the parts of each split, in their order
   */
  Map<String, List<IdPart>> encode(Vocabulary vocabulary, CorpusAssembly assembly) {
    ExampleBytes codec = bytes;
    String json = vocabulary.toJson();
    JavaRDD<byte[]> results =
        rows.mapPartitions(
            part ->
                List.of(TaskResult.bytes(encode(part, codec, Vocabulary.fromJson(json), assembly)))
                    .iterator());
    var parts = new TreeMap<String, List<IdPart>>();
    for (byte[] result : Guarded.collect(results)) {
      TaskResult.of(result, Written.class)
          .files()
          .forEach((split, file) -> parts.computeIfAbsent(split, s -> new ArrayList<>()).add(file));
    }
    return parts;
  }

  /** By split, what one task wrote. */
  private record Written(TreeMap<String, IdPart> files) implements Serializable {}

  private static Written encode(
      Iterator<Tuple2<RowKey, String>> rows,
      ExampleBytes bytes,
      Vocabulary vocabulary,
      CorpusAssembly assembly) {
    Tokenizer tokenizer = Tokenizer.named(vocabulary.tokenizer());
    TaskContext task = TaskContext.get();
    var writers = new TreeMap<String, IdPartWriter>();
    var cutters = new TreeMap<String, Tokenizer.Cutter>();
    try {
      each(
          rows,
          bytes,
          (key, text) -> {
            String split = Split.NAMES.get(key.split());
            IdPartWriter writer =
                writers.computeIfAbsent(
                    split, s -> assembly.part(s, task.partitionId(), task.taskAttemptId()));
            cut(
                text,
                cutters.computeIfAbsent(
                    split,
                    s ->
                        tokenizer.cutter(vocabulary.encoder(writer::add), vocabulary.lowercase())));
          });
      var files = new TreeMap<String, IdPart>();
      writers.forEach((split, writer) -> files.put(split, writer.finish()));
      return new Written(files);
    } finally {
      writers.values().forEach(IdPartWriter::close);
    }
  }

  private static void each(
      Iterator<Tuple2<RowKey, String>> rows, ExampleBytes bytes, BiConsumer<RowKey, String> each) {
    while (rows.hasNext()) {
      Tuple2<RowKey, String> row = rows.next();
      RowKey key = row._1();
      if (key.split() < Split.NAMES.size()) {
        each.accept(key, bytes.decode(key.content(), row._2()).text(CorpusPreparation.ROLE));
      }
    }
  }

  /** The last end of a line by itself: the merges of a tokenizer file may join it to others. */
  private static void cut(String text, Tokenizer.Cutter cutter) {
    int length = text.endsWith("\n") ? text.length() - 1 : text.length();
    cutter.accept(text.toCharArray(), 0, length);
    cutter.flush();
    cutter.accept(LINE_END, 0, 1);
    cutter.flush();
  }

  /**
   * Writes blocks side by side.
   *
   * @return their checksums, in their order
   */
  static List<Long> write(JavaSparkContext spark, List<IdBlock> blocks, CorpusAssembly assembly) {
    if (blocks.isEmpty()) {
      return List.of();
    }
    List<byte[]> bytes = blocks.stream().map(TaskResult::bytes).toList();
    return Guarded.collect(
        spark
            .parallelize(bytes, bytes.size())
            .map(
                block ->
                    TaskResult.of(block, IdBlock.class)
                        .write(assembly, TaskContext.get().taskAttemptId())));
  }
}
