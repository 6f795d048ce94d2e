package org.rondo.models.heads.decoder;

import java.util.List;
import java.util.Locale;
import org.rondo.models.Options;

/**
 * How a step of the encoder is scored: with h the decoder's state and m the encoder's output,
 *
 * <pre>
 *   dot        h m'
 *   general    h (m W)'
 *   scaled     h (m W)' / sqrt(H)
 *   additive   tanh(h U + m W) v'
 * </pre>
 *
 * <p>A product over H units grows with each of them, so that a step of Adam, which moves all
 * weights alike, moves the scores of {@code general} far. Where they run to the ends of the
 * softmax, no gradient is left that could bring them back; {@code scaled} keeps them from there.
 *
 * @see <a href="https://aclanthology.org/D15-1166">Luong, Pham and Manning 2015</a>
 * @see <a href="https://arxiv.org/abs/1409.0473">Bahdanau, Cho and Bengio 2015</a>, additive
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017</a>, 3.2.1, on the scale
 */
enum AttentionKind {
  DOT,
  GENERAL,
  SCALED,
  ADDITIVE;

  static AttentionKind of(Options options) {
    List<String> kinds = DecoderHead.ATTENTIONS;
    String[] others = kinds.subList(1, kinds.size()).toArray(String[]::new);
    return valueOf(options.choice("attention", kinds.get(0), others).toUpperCase(Locale.ROOT));
  }

  /** What scores are multiplied by, of that many units. */
  float scale(int units) {
    return this == SCALED ? (float) (1 / Math.sqrt(units)) : 1f;
  }
}
