package org.rondo.models.heads.decoder;

import java.util.Locale;
import org.rondo.models.Options;

/**
 * How a step of the encoder is scored: with h the decoder's state and m the encoder's output,
 *
 * <pre>
 *   dot        h m'
 *   general    h (m W)'
 *   additive   tanh(h U + m W) v'
 * </pre>
 *
 * @see <a href="https://aclanthology.org/D15-1166">Luong, Pham and Manning 2015</a>
 * @see <a href="https://arxiv.org/abs/1409.0473">Bahdanau, Cho and Bengio 2015</a>, additive
 */
enum AttentionKind {
  DOT,
  GENERAL,
  ADDITIVE;

  static AttentionKind of(Options options) {
    return valueOf(
        options.choice("attention", "general", "dot", "additive").toUpperCase(Locale.ROOT));
  }
}
