package org.rondo.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rondo.models.HeadSpec;
import org.rondo.models.heads.crf.CrfHead;

/**
 * Heads up to their scores: {@code logits (T,B,O)}, of every step, or {@code logits (B,O)} of every
 * sequence. A chain of tags has its scores of neighbours beside them, {@code transitions (O,O)},
 * {@code start (O)} and {@code end (O)}, -1e30 where a transition is illegal: the best path is for
 * the caller to find.
 */
final class HeadNodes {
  private final Graph graph;
  private final String lengths;
  private final String embedding;

  /**
   * @param lengths name of the sequences' lengths, {@code (B)}
   * @param embedding name of the table of the only embedding, which a tied head shares; null where
   *     there is none
   */
  HeadNodes(Graph graph, String lengths, String embedding) {
    this.graph = graph;
    this.lengths = lengths;
    this.embedding = embedding;
  }

  /**
   * @param input {@code (T,B,H)}
   */
  void of(HeadSpec spec, Weights weights, String input) {
    switch (spec.type()) {
      case "language-model" -> {
        if (spec.head().sharesEmbedding(spec)) {
          ofEmbedding(weights, input);
        } else if (weights.has("shortlist.weight")) {
          ofClusters(weights, input);
        } else {
          ofSteps(weights, input);
        }
      }
      case "tagger", "ctc" -> ofSteps(weights, input);
      case "crf" -> {
        ofSteps(weights, input);
        Object tags = (long) spec.outputs();
        neighbours(spec, weights, "start", tags);
        neighbours(spec, weights, "end", tags);
        neighbours(spec, weights, "transitions", tags, tags);
      }
      case "classifier", "multi-label" -> ofSequences(pooling(spec, "last"), weights, input);
      case "regression" -> {
        String pooling = pooling(spec, "none");
        if (pooling.equals("none")) {
          ofSteps(weights, input);
        } else {
          ofSequences(pooling, weights, input);
        }
      }
      default -> throw RecurrentNodes.unsupported("the head " + spec.type());
    }
  }

  /** An output that depends on no input: scores of neighbouring tags. */
  private void neighbours(HeadSpec spec, Weights weights, String name, Object... axes) {
    float[] scores = CrfHead.decodingScores(spec, name, weights.get(name));
    long[] shape = Arrays.stream(axes).mapToLong(axis -> (long) axis).toArray();
    graph.output(name, graph.floats(name + "_scores", scores, shape), axes);
  }

  private static String pooling(HeadSpec spec, String otherwise) {
    return spec.options().values().getOrDefault("pooling", otherwise);
  }

  private void ofSteps(Weights weights, String input) {
    perStep(LayerNodes.linear(graph, weights, "", input), weights.size("weight", 1));
  }

  private void perStep(String logits, int classes) {
    graph.output("logits", logits, "steps", "batch", classes);
  }

  /** The table of the embedding is the weight, {@code (V,H)}: it is in the model once. */
  private void ofEmbedding(Weights weights, String input) {
    String weight = graph.add("Transpose", List.of(embedding), Graph.wholes("perm", 1, 0));
    int classes = weights.size("bias", 0);
    String bias = graph.floats("bias", weights.get("bias"), classes);
    String product = graph.add("MatMul", List.of(input, weight));
    perStep(graph.add("Add", List.of(product, bias)), classes);
  }

  /**
   * An adaptive softmax: a short list with a class for each cluster, behind which the clusters
   * follow, each read off a projection of its own. Its logits are the logarithms of the
   * probabilities, {@code log p(cluster) + log p(class in it)}.
   */
  private void ofClusters(Weights weights, String input) {
    int clusters = 0;
    while (weights.has("cluster." + clusters + ".weight")) {
      clusters++;
    }
    String first = logSoftmax(LayerNodes.linear(graph, weights, "shortlist.", input));
    int classes = weights.size("shortlist.weight", 1) - clusters;
    var parts = new ArrayList<String>(List.of(columns(first, 0, classes)));
    for (int n = 0; n < clusters; n++) {
      String scope = "cluster." + n + ".";
      String name = scope + "projection.weight";
      String projection =
          graph.floats(name, weights.get(name), weights.size(name, 0), weights.size(name, 1));
      String projected = graph.add("MatMul", List.of(input, projection));
      String within = logSoftmax(LayerNodes.linear(graph, weights, scope, projected));
      int cluster = weights.size("shortlist.weight", 1) - clusters + n;
      parts.add(graph.add("Add", List.of(within, columns(first, cluster, cluster + 1))));
      classes += weights.size(scope + "weight", 1);
    }
    perStep(graph.add("Concat", parts, Graph.attribute("axis", 2)), classes);
  }

  private String logSoftmax(String scores) {
    return graph.add("LogSoftmax", List.of(scores), Graph.attribute("axis", 2));
  }

  private String columns(String values, int from, int to) {
    return graph.add("Slice", List.of(values, graph.whole(from), graph.whole(to), graph.whole(2)));
  }

  private void ofSequences(String pooling, Weights weights, String input) {
    graph.output(
        "logits",
        LayerNodes.linear(graph, weights, "", pooled(pooling, weights, input)),
        "batch",
        weights.size("weight", 1));
  }

  /** {@code (B,H)} of {@code (T,B,H)}; steps behind a sequence's end count nothing. */
  private String pooled(String pooling, Weights weights, String input) {
    return switch (pooling) {
      case "last" -> {
        String before = graph.add("Sub", List.of(wide(lengths), graph.scalar(1)));
        yield sumOver(graph.add("Equal", List.of(steps(input), before)), input);
      }
      case "mean" -> {
        String sum = sumOver(within(input), input);
        String count = graph.add("Cast", List.of(lengths), to(TensorProto.DataType.FLOAT));
        yield graph.add(
            "Div", List.of(sum, graph.add("Unsqueeze", List.of(count, graph.whole(1)))));
      }
      case "max" ->
          graph.add(
              "ReduceMax",
              List.of(onlyWithin(input, input)),
              Graph.wholes("axes", 0),
              Graph.attribute("keepdims", 0));
      case "attention" -> {
        String u =
            graph.add("Tanh", List.of(LayerNodes.linear(graph, weights, "attention_", input)));
        int width = weights.size("attention_vector", 0);
        String vector = graph.floats("attention", weights.get("attention_vector"), width, 1);
        String scores = onlyWithin(graph.add("MatMul", List.of(u, vector)), input);
        String shares = graph.add("Softmax", List.of(scores), Graph.attribute("axis", 0));
        yield overSteps(graph.add("Mul", List.of(input, shares)));
      }
      default -> throw RecurrentNodes.unsupported("the pooling " + pooling);
    };
  }

  /** {@code (T,1)}: numbers of the steps. */
  private String steps(String input) {
    String count =
        graph.add(
            "Squeeze", List.of(graph.add("Shape", List.of(input), Graph.attribute("end", 1))));
    String range = graph.add("Range", List.of(graph.scalar(0), count, graph.scalar(1)));
    return graph.add("Unsqueeze", List.of(range, graph.whole(1)));
  }

  private String wide(String whole) {
    return graph.add("Cast", List.of(whole), to(TensorProto.DataType.INT64));
  }

  /** {@code (T,B)}: whether a step is one of the sequence. */
  private String within(String input) {
    return graph.add("Less", List.of(steps(input), wide(lengths)));
  }

  /** {@code (T,B,N)}, far below everything behind the ends. */
  private String onlyWithin(String values, String input) {
    String mask = graph.add("Unsqueeze", List.of(within(input), graph.whole(2)));
    return graph.add(
        "Where", List.of(mask, values, graph.floats("lowest", new float[] {-1e30f}, 1)));
  }

  private String sumOver(String mask, String input) {
    String ones = graph.add("Cast", List.of(mask), to(TensorProto.DataType.FLOAT));
    String factor = graph.add("Unsqueeze", List.of(ones, graph.whole(2)));
    return overSteps(graph.add("Mul", List.of(input, factor)));
  }

  private String overSteps(String values) {
    return graph.add("ReduceSum", List.of(values, graph.whole(0)), Graph.attribute("keepdims", 0));
  }

  private static AttributeProto to(TensorProto.DataType type) {
    return Graph.attribute("to", type.getNumber());
  }
}
