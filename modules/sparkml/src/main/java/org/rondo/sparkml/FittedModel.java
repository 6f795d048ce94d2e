package org.rondo.sparkml;

import java.util.Locale;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.rondo.sparkml.files.ModelWriter;
import org.rondo.sparkml.params.InvalidParams;

/**
 * A network that was trained for a task.
 *
 * @param <M> the model
 */
public abstract class FittedModel<M extends FittedModel<M>> extends Model<M>
    implements InvalidParams<M>, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final transient FittedNetwork fitted;

  FittedModel(String uid, FittedNetwork fitted) {
    this.uid = uid;
    this.fitted = fitted;
    setInvalidDefaults();
  }

  /** A model of the same network. */
  abstract M same();

  @Override
  public String uid() {
    return uid;
  }

  FittedNetwork fitted() {
    return fitted;
  }

  /** How it was trained. */
  public TrainingSummary summary() {
    return fitted.summary();
  }

  @Override
  public M copy(ParamMap extra) {
    M copy = copyValues(same(), extra);
    return hasParent() ? copy.setParent(parent()) : copy;
  }

  @Override
  public MLWriter write() {
    return new ModelWriter(this, fitted::write);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: uid=%s, %s",
        getClass().getSimpleName(),
        uid,
        fitted.features().summary());
  }
}
