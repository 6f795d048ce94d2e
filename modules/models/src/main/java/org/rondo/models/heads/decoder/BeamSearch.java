package org.rondo.models.heads.decoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rondo.kernels.Elementwise;
import org.rondo.models.HeadSpec;
import org.rondo.models.Hypothesis;
import org.rondo.models.Minibatch;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * Searches for the labels of all sequences of a minibatch at once: one step of the decoder for all
 * hypotheses of all sequences, row {@code k * B + b} for hypothesis k of sequence b. What is found
 * for a sequence depends on no other one.
 */
final class BeamSearch {
  private final Workspace source;
  private final Elementwise elementwise;
  private final HeadSpec spec;
  private final SearchPlan plan;
  private final int classes;
  private final int rows;
  private final SingleStep decoder;
  private final int[] slots;
  private final float[] state;
  private final float[] after;
  private final float[] scores;
  private final double[] losses;
  private final int[] labels;
  private final int[] largest;

  /**
   * @param source the encoder's workspace, {@code (T,B)}
   * @param input the encoder's outputs
   */
  BeamSearch(
      Workspace source, Signal input, AttentionKeys keys, DecoderPlan layers, HeadSpec spec) {
    this.source = source;
    this.elementwise = source.elementwise();
    this.spec = spec;
    this.plan = SearchPlan.of(spec);
    this.classes = spec.outputs();
    this.rows = plan.beam() * source.batch();
    this.decoder = new SingleStep(source, input, keys, layers, spec, rows);
    var widths = new ArrayList<Integer>();
    widths.add(layers.units());
    widths.addAll(layers.stateWidths());
    this.slots = widths.stream().mapToInt(Integer::intValue).toArray();
    this.state = new float[decoder.stateLength()];
    this.after = new float[state.length];
    this.scores = new float[Math.multiplyExact(rows, classes)];
    this.losses = new double[rows];
    this.labels = new int[rows];
    this.largest = new int[rows];
  }

  /** The state of all rows, to be filled from {@link #layersAt} on before {@link #run}. */
  float[] state() {
    return state;
  }

  int layersAt() {
    return decoder.layersAt();
  }

  /** Rows of each sequence. */
  int copies() {
    return plan.beam();
  }

  /** The best hypotheses of each sequence, best first; none of a sequence without steps. */
  List<List<Hypothesis>> run() {
    Arrays.fill(state, 0, layersAt(), 0f);
    Arrays.fill(labels, classes - 1);
    var beams = new ArrayList<Beam>();
    for (int length : source.lengths()) {
      int longest = length == 0 ? 0 : DecoderPlan.labels(spec, length);
      beams.add(new Beam(plan, classes - 1, longest));
    }
    decoder.begin();
    while (beams.stream().anyMatch(beam -> !beam.live().isEmpty())) {
      step(beams);
      for (int b = 0; b < beams.size(); b++) {
        beams.get(b).advance(extensions(beams.get(b), b));
        load(beams.get(b), b);
      }
    }
    return beams.stream().map(Beam::best).toList();
  }

  /** Runs the decoder, and makes of each row's scores the loss of its largest one. */
  private void step(List<Beam> beams) {
    decoder.run(state, labels, after);
    decoder.logits().read(0, scores, 0, scores.length);
    for (int row = 0; row < rows; row++) {
      boolean runs = row / beams.size() < beams.get(row % beams.size()).live().size();
      largest[row] = runs ? addBias(row) : Minibatch.NO_TARGET;
    }
    Arrays.fill(losses, 0);
    elementwise.crossEntropy(decoder.logits(), decoder.bias(), largest, 0, rows, losses);
  }

  /** The class of the largest score. */
  private int addBias(int row) {
    int at = row * classes;
    int best = 0;
    for (int c = 0; c < classes; c++) {
      scores[at + c] += decoder.bias().get(c);
      best = scores[at + c] > scores[at + best] ? c : best;
    }
    return best;
  }

  private List<Partial> extensions(Beam beam, int b) {
    var all = new ArrayList<Partial>();
    for (int k = 0; k < beam.live().size(); k++) {
      Partial before = beam.live().get(k);
      int row = k * source.batch() + b;
      int at = row * classes;
      var attention = new float[source.lengths()[b]];
      decoder.readWeights(row, attention);
      for (int label : top(at, Math.min(beam.width(), classes))) {
        double below = (double) scores[at + label] - scores[at + largest[row]];
        double logProbability = before.logProbability() + below - losses[row];
        all.add(before.with(label, k, logProbability, attention));
      }
    }
    return all;
  }

  /** The classes of the largest scores from {@code at} on; of equal ones the first. */
  private int[] top(int at, int count) {
    var best = new int[count];
    int held = 0;
    for (int c = 0; c < classes; c++) {
      if (held < count || scores[at + c] > scores[at + best[count - 1]]) {
        int place = held < count ? held++ : count - 1;
        for (; place > 0 && scores[at + c] > scores[at + best[place - 1]]; place--) {
          best[place] = best[place - 1];
        }
        best[place] = c;
      }
    }
    return best;
  }

  /** Puts the states and labels of those that go on to their rows. */
  private void load(Beam beam, int b) {
    int slotAt = 0;
    for (int width : slots) {
      for (int k = 0; k < beam.live().size(); k++) {
        int from = slotAt + (beam.live().get(k).from() * source.batch() + b) * width;
        System.arraycopy(after, from, state, slotAt + (k * source.batch() + b) * width, width);
      }
      slotAt += rows * width;
    }
    for (int k = 0; k < beam.live().size(); k++) {
      labels[k * source.batch() + b] = beam.live().get(k).label();
    }
  }
}
