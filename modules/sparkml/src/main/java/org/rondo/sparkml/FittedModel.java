package org.rondo.sparkml;

import java.util.Locale;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.rondo.sparkml.files.ModelWriter;
import org.rondo.sparkml.fits.Fitted;
import org.rondo.sparkml.fits.TrainingSummary;
import org.rondo.sparkml.params.InvalidParams;

/**
 * A network that was trained.
 *
 * @param <M> the model
 * @param <F> what it holds
 */
public abstract class FittedModel<M extends FittedModel<M, F>, F extends Fitted> extends Model<M>
    implements InvalidParams<M>, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final transient F fitted;

  FittedModel(String uid, F fitted) {
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

  F fitted() {
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
        Locale.ROOT, "%s: uid=%s, %s", getClass().getSimpleName(), uid, fitted.description());
  }
}
