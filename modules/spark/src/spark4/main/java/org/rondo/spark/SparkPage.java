package org.rondo.spark;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.UnaryOperator;
import org.apache.spark.ui.SparkUITab;
import org.apache.spark.ui.UIUtils;
import org.apache.spark.ui.WebUIPage;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.xml.Node;
import scala.xml.Unparsed;

/** A page among Spark's own, the only one of its tab; drawn anew at every request. */
public abstract class SparkPage extends WebUIPage {
  private final SparkUITab tab;
  private final String title;

  /**
   * Not attached to the tab yet.
   *
   * @param title of the page, as text
   */
  protected SparkPage(SparkUITab tab, String title) {
    super("");
    this.tab = tab;
    this.title = title;
  }

  /**
   * HTML of what stands below Spark's head.
   *
   * @param parameters of the request by name, null for one that it does not have
   */
  protected abstract String content(UnaryOperator<String> parameters);

  @Override
  public final Seq<Node> render(HttpServletRequest request) {
    Node content = new Unparsed(content(request::getParameter));
    return UIUtils.headerSparkPage(
        request, title, () -> content, tab, Option.empty(), false, false);
  }
}
