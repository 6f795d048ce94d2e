package org.rondo.tasks.translation;

import java.util.List;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.text.TokenCounts;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;

/** The tokens of the training rows, of either side. */
final class TranslationFitting implements Fitting {
  private static final long serialVersionUID = 1L;

  private final TranslationPlan plan;
  private final TokenCounts sources = new TokenCounts();
  private final TokenCounts targets = new TokenCounts();
  private final Counts counts = new Counts();

  TranslationFitting(TranslationPlan plan) {
    this.plan = plan;
  }

  @Override
  public void add(Example row) {
    var own = new Counts();
    List<String> source = plan.source().of(row);
    List<String> target = plan.target().of(row);
    if (plan.source().areTokens() && plan.target().areTokens()) { // else lengths are not known yet
      source = plan.limits().source(row, source, own);
      target = plan.limits().target(row, target, source.size(), own);
    }
    source.forEach(sources::token);
    target.forEach(targets::token);
    own.add("rows", 1);
    counts.merge(own);
  }

  @Override
  public void merge(Fitting other) {
    var next = (TranslationFitting) other;
    sources.merge(next.sources);
    targets.merge(next.targets);
    counts.merge(next.counts);
  }

  @Override
  public Features features() {
    if (counts.of("rows") == 0) {
      throw new IngestException("translation: there is no training row; there is nothing to learn");
    }
    Vocabulary source = vocabulary(plan.source(), sources);
    Vocabulary target = vocabulary(plan.target(), targets);
    var all = new Counts();
    all.merge(counts);
    all.add("source " + plan.source().unit(), sources.total());
    all.add("target " + plan.target().unit(), targets.total());
    all.add("unknown source tokens", sources.unknown(source));
    all.add("unknown target tokens", targets.unknown(target));
    return new TranslationFeatures(
        new TranslationFeatures.Contents(
            TranslationFeatures.VERSION,
            TranslationTask.NAME,
            source,
            target,
            plan.limits(),
            plan.metric(),
            TranslationSearch.GREEDY,
            all.all()));
  }

  private Vocabulary vocabulary(SideTokens side, TokenCounts tokens) {
    return Tokenizer.named(side.tokenizer())
        .vocabulary(tokens, side.lowercase(), plan.vocabulary());
  }
}
