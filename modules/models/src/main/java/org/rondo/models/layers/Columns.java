package org.rondo.models.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.rondo.kernels.ValueException;
import org.rondo.models.InputLayer;
import org.rondo.models.InputLayerSpec;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Workspace;

/**
 * The first layer of a network of several ids per step, such as those of a word, of its part of
 * speech and of its characters: the outputs of several input layers side by side.
 *
 * <p>Parameters: those of each part below its number, {@code columns.0.weight}.
 *
 * @param parts in the order of a minibatch's columns; one of them at most takes values
 */
public record Columns(List<InputLayerSpec> parts) implements InputLayerSpec {
  public Columns {
    ValueException.unlessGiven("parts", parts);
    parts.forEach(part -> ValueException.unlessGiven("parts", part));
    parts = List.copyOf(parts);
    ValueException.unless(!parts.isEmpty(), "parts", parts, "must be at least one");
    long ofValues = parts.stream().filter(part -> part.values() > 0).count();
    ValueException.unless(ofValues <= 1, "parts", parts, "must be one at most that takes values");
  }

  @Override
  public String scope() {
    return "columns";
  }

  @Override
  public int width(int inputs) {
    long width = parts.stream().mapToLong(part -> part.width(0)).sum();
    ValueException.unlessWithin("columns", width, 1, MOST_COLUMNS);
    return (int) width;
  }

  @Override
  public List<Integer> idColumns() {
    return parts.stream().flatMap(part -> part.idColumns().stream()).toList();
  }

  @Override
  public int values() {
    return parts.stream().mapToInt(InputLayerSpec::values).sum();
  }

  @Override
  public List<ParameterSpec> parameters(int inputs) {
    var all = new ArrayList<ParameterSpec>();
    for (int i = 0; i < parts.size(); i++) {
      for (ParameterSpec parameter : parts.get(i).parameters(0)) {
        all.add(parameter.within(Integer.toString(i)));
      }
    }
    return all;
  }

  @Override
  public InputLayer bind(Workspace workspace, int column) {
    var layers = new ArrayList<InputLayer>();
    int next = column;
    for (int i = 0; i < parts.size(); i++) {
      layers.add(parts.get(i).bind(workspace.within(Integer.toString(i)), next));
      next += parts.get(i).idColumns().size();
    }
    return new ColumnsLayer(workspace, layers, width(0));
  }

  @Override
  public String toString() {
    return parts.stream().map(Object::toString).collect(Collectors.joining(" | "));
  }
}
