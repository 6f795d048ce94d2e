package org.rondo.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where the time of a step goes. All times are milliseconds per step.
 *
 * @param options what kind of step
 * @param step a whole step that nothing times inside
 * @param timedStep a whole step whose parts are timed: the sum of the parts and the rest
 * @param packing of weights into the layout of products
 */
record Profile(
    Options options,
    double step,
    double timedStep,
    double packing,
    List<ProductTime> products,
    List<PassTime> passes) {

  /**
   * One kind of product.
   *
   * @param calls per step
   * @param inStep time of all calls where they run
   * @param alone time of as many calls that nothing else runs between
   */
  record ProductTime(BoundProduct product, double calls, double inStep, double alone) {
    double gigaflopsInStep() {
      return calls * product.operations() / inStep / 1e6;
    }

    double gigaflopsAlone() {
      return calls * product.operations() / alone / 1e6;
    }
  }

  /** One element-wise pass. */
  record PassTime(String name, double calls, double inStep) {}

  double productsInStep() {
    return products.stream().mapToDouble(ProductTime::inStep).sum();
  }

  double productsAlone() {
    return products.stream().mapToDouble(ProductTime::alone).sum();
  }

  /** What is neither product nor packing nor pass: ids, copies of states, calls. */
  double rest() {
    return timedStep
        - productsInStep()
        - packing
        - passes.stream().mapToDouble(PassTime::inStep).sum();
  }

  /** Share of the step that its own products would need at their best: 1 is the limit. */
  double ceilingShare() {
    return productsAlone() / step;
  }

  /** A line for the step, then one for each product and pass. */
  List<Figure> figures() {
    var figures = new ArrayList<Figure>();
    figures.add(
        figure("profile")
            .with("step_ms", step, 3)
            .with("timed_step_ms", timedStep, 3)
            .with("products_ms", productsInStep(), 3)
            .with("products_alone_ms", productsAlone(), 3)
            .with("ceiling_percent", 100 * ceilingShare(), 1)
            .with("packing_ms", packing, 3)
            .with("rest_ms", rest(), 3));
    for (ProductTime product : products) {
      figures.add(
          figure("product")
              .with("name", product.product())
              .with("calls", product.calls(), 1)
              .with("in_step_ms", product.inStep(), 3)
              .with("alone_ms", product.alone(), 3)
              .with("in_step_gflops", product.gigaflopsInStep(), 0)
              .with("alone_gflops", product.gigaflopsAlone(), 0));
    }
    for (PassTime pass : passes) {
      figures.add(
          figure("pass")
              .with("name", pass.name())
              .with("calls", pass.calls(), 1)
              .with("in_step_ms", pass.inStep(), 3));
    }
    return figures;
  }

  private Figure figure(String kind) {
    return Figure.of(kind)
        .with("configuration", options.configuration().name())
        .with("precision", options.precisionName())
        .with("mode", options.mode());
  }

  /** The same for reading. */
  String table() {
    var text = new StringBuilder();
    line(text, "", "calls", "in step ms", "alone ms", "in step GFLOP/s", "alone GFLOP/s");
    for (ProductTime product : products) {
      line(
          text,
          product.product(),
          product.calls(),
          product.inStep(),
          product.alone(),
          product.gigaflopsInStep(),
          product.gigaflopsAlone());
    }
    line(text, "products", "", productsInStep(), productsAlone(), "", "");
    line(text, "packing", "", packing, "", "", "");
    passes.forEach(pass -> line(text, pass.name(), pass.calls(), pass.inStep(), "", "", ""));
    line(text, "rest", "", rest(), "", "", "");
    line(text, "step with times taken", "", timedStep, "", "", "");
    line(text, "step", "", step, "", "", "");
    text.append(
        String.format(Locale.ROOT, "products alone / step: %.1f%%%n", 100 * ceilingShare()));
    return text.toString();
  }

  private static void line(StringBuilder text, Object name, Object... columns) {
    text.append(String.format(Locale.ROOT, "%-40s", name));
    for (Object column : columns) {
      text.append(
          column instanceof Double number
              ? String.format(Locale.ROOT, "%16.3f", number)
              : String.format(Locale.ROOT, "%16s", column));
    }
    text.append(System.lineSeparator());
  }
}
