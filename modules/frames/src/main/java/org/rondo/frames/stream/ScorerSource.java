package org.rondo.frames.stream;

import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.TaskCompletionListener;
import org.rondo.frames.predict.FrameModel;
import org.rondo.models.NetworkSpec;
import org.rondo.tasks.Task;
import org.rondo.tasks.stream.EventScorer;
import org.rondo.training.KernelAgreement;
import org.rondo.training.workspace.KernelPlan;

/** What a task makes its scorer of. */
final class ScorerSource implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String task;
  private final String features;
  private final String network;
  private final KernelPlan kernels;
  private final String fingerprint;
  private final Broadcast<float[]> parameters;
  private final int batch;

  ScorerSource(FrameModel model, Broadcast<float[]> parameters, int batch) {
    this.task = model.features().task();
    this.features = model.features().toJson();
    this.network = model.network().toJson();
    this.kernels = model.kernels();
    this.fingerprint = kernels.fingerprint();
    this.parameters = parameters;
    this.batch = batch;
  }

  /** A scorer that ends with the running task of Spark's. */
  EventScorer open() {
    KernelAgreement.requireAlike(kernels, kernels.fingerprint(), fingerprint, "stream");
    var scorer =
        new EventScorer(
            Task.ALL.named(task).features(features),
            NetworkSpec.fromJson(network),
            parameters.value(),
            kernels.choose(),
            kernels.elementType(),
            batch);
    TaskCompletionListener ending = context -> scorer.close();
    TaskContext.get().addTaskCompletionListener(ending);
    return scorer;
  }
}
