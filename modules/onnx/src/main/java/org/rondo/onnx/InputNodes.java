package org.rondo.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.List;
import org.rondo.models.InputLayerSpec;
import org.rondo.models.layers.Characters;
import org.rondo.models.layers.Columns;
import org.rondo.models.layers.Embedding;
import org.rondo.models.layers.Values;

/**
 * The first layer: inputs {@code ids (T,B,K)}, where the network takes ids, and {@code values
 * (T,B,F)}, where it takes values.
 */
final class InputNodes {
  private final Graph graph;
  private final RecurrentNodes recurrent;
  private final String ids;
  private final String values;
  private String table;

  InputNodes(Graph graph, RecurrentNodes recurrent, InputLayerSpec spec) {
    this.graph = graph;
    this.recurrent = recurrent;
    int columns = spec.idColumns().size();
    this.ids =
        columns > 0
            ? graph.input("ids", TensorProto.DataType.INT64, "steps", "batch", columns)
            : null;
    this.values =
        spec.values() > 0
            ? graph.input("values", TensorProto.DataType.FLOAT, "steps", "batch", spec.values())
            : null;
  }

  /**
   * Its output, {@code (T,B,H)}.
   *
   * @param column the first of its ids
   */
  String of(InputLayerSpec spec, Weights weights, int column) {
    if (spec instanceof Embedding embedding) {
      return lookedUp(column(column), embedding.vocabulary(), embedding.units(), weights);
    }
    if (spec instanceof Values) {
      return values;
    }
    if (spec instanceof Characters characters) {
      return spelling(characters, weights, column);
    }
    if (spec instanceof Columns columns) {
      var parts = new ArrayList<String>();
      int next = column;
      for (int i = 0; i < columns.parts().size(); i++) {
        InputLayerSpec part = columns.parts().get(i);
        parts.add(of(part, weights.within(String.valueOf(i)), next));
        next += part.idColumns().size();
      }
      return graph.add("Concat", parts, Graph.attribute("axis", 2));
    }
    throw RecurrentNodes.unsupported("the input layer " + spec);
  }

  /** The table that ids were last looked up in, {@code (V,H)}; null where there is none. */
  String table() {
    return table;
  }

  private String lookedUp(String ids, int vocabulary, int units, Weights weights) {
    table = graph.floats("embedding", weights.get("weight"), vocabulary, units);
    return graph.add("Gather", List.of(table, ids));
  }

  /** {@code (T,B)} */
  private String column(int column) {
    return graph.add("Gather", List.of(ids, graph.scalar(column)), Graph.attribute("axis", 2));
  }

  /** The words as sequences of characters, {@code (C,T*B)}, which end at their first id 0. */
  private String spelling(Characters spec, Weights weights, int column) {
    long[] columns = {column, column + spec.length()};
    String own =
        graph.add(
            "Slice",
            List.of(ids, graph.whole(columns[0]), graph.whole(columns[1]), graph.whole(2)));
    String words =
        graph.add(
            "Transpose",
            List.of(graph.add("Reshape", List.of(own, graph.whole(-1, spec.length())))),
            Graph.wholes("perm", 1, 0));
    String lengths = lengths(words);
    String characters = lookedUp(words, spec.alphabet(), spec.units(), weights);
    var last = new ArrayList<String>();
    for (boolean reverse : new boolean[] {false, true}) {
      Weights direction = weights.within(reverse ? "backward" : "forward");
      last.add(recurrent.fresh(direction, spec.cell(), characters, lengths, reverse).last());
    }
    String both = graph.add("Concat", last, Graph.attribute("axis", 1));
    String shape =
        graph.add(
            "Concat",
            List.of(graph.add("Shape", List.of(ids), Graph.attribute("end", 2)), graph.whole(-1)),
            Graph.attribute("axis", 0));
    return graph.add("Reshape", List.of(both, shape));
  }

  /** Characters of each word before its first id 0: a product of ones ends there. */
  private String lengths(String words) {
    String zero = graph.scalar(0);
    String none = graph.add("Equal", List.of(words, zero));
    String ended =
        graph.add(
            "CumSum",
            List.of(graph.add("Cast", List.of(none), cast(TensorProto.DataType.INT32)), zero));
    String within =
        graph.add(
            "Cast",
            List.of(
                graph.add(
                    "Equal",
                    List.of(
                        ended,
                        graph.add("Cast", List.of(zero), cast(TensorProto.DataType.INT32))))),
            cast(TensorProto.DataType.INT32));
    return graph.add("ReduceSum", List.of(within, graph.whole(0)), Graph.attribute("keepdims", 0));
  }

  private static AttributeProto cast(TensorProto.DataType type) {
    return Graph.attribute("to", type.getNumber());
  }
}
