package org.rondo.training.sync;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.Locale;
import org.rondo.kernels.ValueException;

/**
 * How and when shards come together.
 *
 * @param name of a {@link Synchronizer}
 * @param outer constants of its step; synchronizers ignore those that they do not have
 * @param slots what becomes of the slots of the shards' optimizers
 * @param growth of the rounds
 * @param warmUp rounds that the first shard trains alone
 * @param wire in which shards hand in what they learned
 * @param delay rounds by which the step is late, 0 or 1. With 1, C_r being the common parameters
 *     after the step of round r, and d_k what the parameters of shard k gained in it, {@code C_r =
 *     step(C_r-1, C_r-1 + mean of d_k)}, and shard k begins round r+1 at {@code C_r-1 + d_k}: the
 *     step of a round is taken while the shards train the next one
 * @see <a href="https://arxiv.org/abs/2502.12996">Kale, Douillard and Donchev 2025</a> on steps
 *     that are late
 */
public record SyncPlan(
    String name,
    OuterPlan outer,
    SlotPolicy slots,
    GrowthPlan growth,
    int warmUp,
    WireFormat wire,
    @JsonProperty(defaultValue = "0") int delay)
    implements Serializable {
  /** The mean of the parameters. */
  public static final SyncPlan AVERAGE = of(Average.NAME, 1);

  public SyncPlan {
    Synchronizer synchronizer = Synchronizer.named(name);
    ValueException.unlessGiven("sync.outer", outer);
    ValueException.unlessGiven("sync.slots", slots);
    ValueException.unlessGiven("sync.growth", growth);
    ValueException.unlessGiven("sync.wire", wire);
    ValueException.unless(warmUp >= 0, "sync.warm_up", warmUp, "must be >= 0 rounds");
    ValueException.unless(
        slots == SlotPolicy.KEEP || synchronizer.exchange() == Exchange.PARAMETERS,
        "sync.slots",
        slots.word(),
        String.format(
            Locale.ROOT,
            "with sync.name = %s shards exchange no parameters, so their slots can only be kept: set it to keep",
            name));
    ValueException.unless(
        wire == WireFormat.FLOAT32
            || (slots != SlotPolicy.AVERAGE && synchronizer.exchange() != Exchange.NOTHING),
        "sync.wire",
        wire.word(),
        String.format(
            Locale.ROOT,
            "only parameters and gradients can be rounded, not with sync.name = %s and sync.slots = %s: set it to float32",
            name,
            slots.word()));
    ValueException.unlessWithin("sync.delay", delay, 0, 1);
    ValueException.unless(
        delay == 0
            || (synchronizer.exchange() == Exchange.PARAMETERS
                && slots != SlotPolicy.AVERAGE
                && warmUp == 0),
        "sync.delay",
        delay,
        String.format(
            Locale.ROOT,
            "only parameters can be late, not with sync.name = %s, sync.slots = %s and sync.warm_up = %d: set it to 0",
            name,
            slots.word(),
            warmUp));
  }

  /** That synchronizer with what suits so many shards, after rounds that are all alike. */
  public static SyncPlan of(String name, int shards) {
    return new SyncPlan(
        name, OuterPlan.of(shards), SlotPolicy.KEEP, GrowthPlan.NONE, 0, WireFormat.FLOAT32, 0);
  }

  /** The same but for the momentum of the step. */
  public SyncPlan withMomentum(double momentum) {
    var other = new OuterPlan(momentum, outer.learningRate(), outer.nesterov());
    return new SyncPlan(name, other, slots, growth, warmUp, wire, delay);
  }

  /** The same but for the slots. */
  public SyncPlan withSlots(SlotPolicy slots) {
    return new SyncPlan(name, outer, slots, growth, warmUp, wire, delay);
  }

  /** The same but for the growth of the rounds. */
  public SyncPlan withGrowth(GrowthPlan growth) {
    return new SyncPlan(name, outer, slots, growth, warmUp, wire, delay);
  }

  /** The same but for the rounds that the first shard trains alone. */
  public SyncPlan withWarmUp(int warmUp) {
    return new SyncPlan(name, outer, slots, growth, warmUp, wire, delay);
  }

  /** The same but for the wire. */
  public SyncPlan withWire(WireFormat wire) {
    return new SyncPlan(name, outer, slots, growth, warmUp, wire, delay);
  }

  /** The same but for the delay. */
  public SyncPlan withDelay(int delay) {
    return new SyncPlan(name, outer, slots, growth, warmUp, wire, delay);
  }

  /** What shards hand in. */
  @JsonIgnore
  public Exchange exchange() {
    return isDelayed() ? Exchange.PROGRESS : Synchronizer.named(name).exchange();
  }

  /** Whether the step is taken while the shards train already. */
  @JsonIgnore
  public boolean isDelayed() {
    return delay > 0;
  }
}
