package org.rondo.driver.ui;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.scheduler.LiveListenerBus;
import org.apache.spark.status.ElementTrackingStore;
import org.rondo.training.RoundActivity;
import org.rondo.training.events.TrainingEvent;

/** The plugin in the driver: keeps the status, attaches the tab, registers the gauges. */
final class DriverSide implements DriverPlugin {
  private LiveListenerBus bus;
  private boolean runsTasks;
  private StatusListener status;

  @Override
  public Map<String, String> init(SparkContext spark, PluginContext context) {
    bus = spark.listenerBus();
    runsTasks = spark.isLocal();
    status = StatusListener.live((ElementTrackingStore) spark.statusStore().store());
    bus.addToStatusQueue(status);
    if (spark.ui().isDefined()) {
      TrainingTab.attach(spark.ui().get());
    }
    return Map.of();
  }

  @Override
  public Object receive(Object message) {
    if (message instanceof ExecutorSetup setup) {
      bus.post(new ExecutorReported(setup));
    } else if (message instanceof ExecutorTrained trained) {
      RoundActivity.reported(trained.executor(), trained.report());
    }
    return null;
  }

  @Override
  public void registerMetrics(String application, PluginContext context) {
    MetricRegistry registry = context.metricRegistry();
    ofRound(registry, "round", TrainingEvent.RoundFinished::round);
    ofRound(registry, "loss", TrainingEvent.RoundFinished::trainLoss);
    ofRound(registry, "tokensPerSecond", TrainingEvent.RoundFinished::tokensPerSecond);
    ofRound(registry, "roundSeconds", TrainingEvent.RoundFinished::seconds);
    ofRound(registry, "gradientNorm", TrainingEvent.RoundFinished::gradientNorm);
    ofRound(registry, "learningRate", TrainingEvent.RoundFinished::learningRate);
    ofEvaluation(registry, "validationScore", evaluated -> evaluated.scores().get(0).value());
    ofEvaluation(registry, "validationPerplexity", evaluated -> evaluated.value("perplexity"));
    if (runsTasks) {
      ExecutorSide.registerGauges(registry);
    }
  }

  private void ofRound(
      MetricRegistry registry, String name, ToDoubleFunction<TrainingEvent.RoundFinished> value) {
    Gauge<Double> gauge = () -> orNan(status.status().latest().round(), value);
    registry.register(name, gauge);
  }

  private void ofEvaluation(
      MetricRegistry registry, String name, ToDoubleFunction<TrainingEvent.Evaluated> value) {
    Gauge<Double> gauge = () -> orNan(status.status().latest().evaluated(), value);
    registry.register(name, gauge);
  }

  private static <E> double orNan(E event, ToDoubleFunction<E> value) {
    return event == null ? Double.NaN : value.applyAsDouble(event);
  }
}
