package org.rondo.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.List;

/**
 * An ONNX graph in the making. What a node gives is called by a name, which further nodes take.
 * Operators are those of opset 17.
 */
final class Graph {
  private static final int OPSET = 17;
  private static final int IR_VERSION = 8;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("rondo");
  private int names;

  private String name(String base) {
    return base + "_" + names++;
  }

  /** Adds a node with one output, and gives that output's name. */
  String add(String operator, List<String> inputs, AttributeProto... attributes) {
    return add(operator, inputs, 1, attributes).get(0);
  }

  /** Adds a node, and gives the names of its outputs. An empty input is one that is left out. */
  List<String> add(
      String operator, List<String> inputs, int outputs, AttributeProto... attributes) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).setName(name(operator));
    node.addAllInput(inputs).addAllAttribute(List.of(attributes));
    for (int i = 0; i < outputs; i++) {
      node.addOutput(node.getName() + "." + i);
    }
    graph.addNode(node);
    return node.getOutputList().stream().toList();
  }

  /** A tensor of the network's, row-major. */
  String floats(String name, float[] values, long... shape) {
    TensorProto.Builder tensor = tensor(name, TensorProto.DataType.FLOAT, shape);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  /** A vector of whole numbers, such as axes. */
  String whole(long... values) {
    TensorProto.Builder tensor = tensor("whole", TensorProto.DataType.INT64, values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  /** A single whole number. */
  String scalar(long value) {
    graph.addInitializer(tensor("scalar", TensorProto.DataType.INT64).addInt64Data(value));
    return graph.getInitializer(graph.getInitializerCount() - 1).getName();
  }

  private TensorProto.Builder tensor(String name, TensorProto.DataType type, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name(name)).setDataType(type.getNumber());
    for (long dimension : shape) {
      tensor.addDims(dimension);
    }
    return tensor;
  }

  /** An input of the model: its axes are lengths, or names of lengths that a caller chooses. */
  String input(String name, TensorProto.DataType type, Object... axes) {
    graph.addInput(value(name, type, axes));
    return name;
  }

  /** Calls what a node gives an output of the model. */
  void output(String name, String of, Object... axes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("Identity")
            .setName(name(name))
            .addInput(of)
            .addOutput(name));
    graph.addOutput(value(name, TensorProto.DataType.FLOAT, axes));
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type, Object... axes) {
    var shape = TensorShapeProto.newBuilder();
    for (Object axis : axes) {
      var dimension = TensorShapeProto.Dimension.newBuilder();
      shape.addDim(
          axis instanceof String variable
              ? dimension.setDimParam(variable)
              : dimension.setDimValue(((Number) axis).longValue()));
    }
    var tensor = TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static AttributeProto attribute(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  static AttributeProto texts(String name, List<String> values) {
    var attribute = AttributeProto.newBuilder().setName(name);
    values.forEach(v -> attribute.addStrings(ByteString.copyFromUtf8(v)));
    return attribute.setType(AttributeProto.AttributeType.STRINGS).build();
  }

  static AttributeProto wholes(String name, long... values) {
    var attribute = AttributeProto.newBuilder().setName(name);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.setType(AttributeProto.AttributeType.INTS).build();
  }

  /** The finished model. */
  ModelProto model() {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("Rondo")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(graph)
        .build();
  }
}
