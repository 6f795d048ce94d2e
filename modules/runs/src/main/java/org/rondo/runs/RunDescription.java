package org.rondo.runs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import org.rondo.models.LayerSpec;
import org.rondo.runs.report.RunFolder;
import org.rondo.training.Carrier;
import org.rondo.training.TrainingJob;
import org.rondo.training.Versions;

/** What the record of a run says of its circumstances. */
final class RunDescription {
  private RunDescription() {}

  /**
   * Everything that is known before the first Spark job: one that fails is to find a record.
   *
   * @param data what it is trained on
   * @param job as it was asked for, so that the carrier need not decide on a precision
   */
  static Map<String, Object> of(
      Settings settings,
      RunFolder folder,
      Map<String, Object> data,
      TrainingJob job,
      Carrier carrier) {
    var description = new LinkedHashMap<String, Object>();
    description.put("output", Redaction.withoutPassword(folder.shown(folder.path())));
    description.put("settings", settings(settings));
    description.put("data", data);
    description.put("network", network(job));
    description.put("loss", job.network().targetValues() > 0 ? "squared error" : "cross entropy");
    description.put("machine", machine(carrier));
    return description;
  }

  /** Every key that has a value, as it may be shown. */
  static SortedMap<String, String> settings(Settings settings) {
    return Redaction.of(settings).shown(settings.under(""));
  }

  private static Map<String, Object> network(TrainingJob job) {
    var network = new LinkedHashMap<String, Object>();
    int n = 1;
    for (LayerSpec layer : job.network().layers()) {
      network.put("layer " + n++, layer.toString());
    }
    network.put("head", job.network().head().toString());
    return network;
  }

  private static Map<String, Object> machine(Carrier carrier) {
    var machine = new LinkedHashMap<String, Object>();
    machine.put("rondo", Versions.rondo());
    machine.put("workers", carrier.description());
    machine.put("java", Runtime.version().toString());
    machine.put("cores_of_the_driver", Runtime.getRuntime().availableProcessors());
    return machine;
  }
}
