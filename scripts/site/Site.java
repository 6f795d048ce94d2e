import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Renders README.md, the other pages at the root and those of docs into a folder of HTML, with the
 * Javadoc of every module that is released beside them: java Site.java ROOT SITE. Files that pages
 * link to are copied; a link to a file, a page or a heading that is not there ends it with an error.
 */
public final class Site {
  private static final List<Extension> TABLES = List.of(TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(TABLES).build();
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"#]*)(?:#([^\"]*))?\"");

  /** The Javadoc's first page. */
  private static final String JAVADOC = "api/index.html";

  /** Modules that are in no release. */
  private static final Set<String> INTERNAL = Set.of("bench", "testkit");

  private final Path root;
  private final Path site;
  private final Map<Path, String> titles = new LinkedHashMap<>();

  private Site(Path root, Path site) {
    this.root = root;
    this.site = site;
  }

  public static void main(String[] args) throws IOException {
    Path site = Path.of(args[1]).toAbsolutePath().normalize();
    if (Files.exists(site)) {
      try (Stream<Path> old = Files.walk(site)) {
        for (Path file : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    new Site(Path.of(args[0]).toRealPath(), site).write();
  }

  private void write() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (Path folder : List.of(root, root.resolve("docs"), root.resolve("docs/tasks"), root.resolve("docs/results"))) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .filter(Site::isPage)
            .sorted(Comparator.comparing((Path file) -> !file.endsWith("README.md")).thenComparing(file -> file))
            .map(root::relativize)
            .forEach(pages::add);
      }
    }
    for (Path page : pages) {
      titles.put(page, title(page));
    }
    for (Path page : pages) {
      Node document = PARSER.parse(Files.readString(root.resolve(page)));
      document.accept(new Links(page));
      String body = renderer().render(document);
      Path target = site.resolve(html(page.toString()));
      Files.createDirectories(target.getParent());
      Files.writeString(target, page(page, body), UTF_8);
    }
    Files.copy(root.resolve("scripts/site/site.css"), site.resolve("site.css"));
    writeJavadoc();
    pages.add(Path.of(JAVADOC));
    requireLinks(pages);
    System.out.println(site + ": " + pages.size() + " pages");
  }

  /** Unpacks the Javadoc of the modules, and lists them. */
  private void writeJavadoc() throws IOException {
    var list = new StringBuilder();
    try (Stream<Path> modules = Files.list(root.resolve("modules"))) {
      for (Path module : modules.sorted().toList()) {
        String name = module.getFileName().toString();
        if (!INTERNAL.contains(name)) {
          unpack(javadoc(module), site.resolve("api").resolve(name));
          list.append("<li>%s</li>%n".formatted(link(name + "/index.html", name, false)));
        }
      }
    }
    Path page = Path.of(JAVADOC);
    Files.writeString(site.resolve(page), page(page, "<h1>Javadoc</h1><ul>" + list + "</ul>"));
  }

  private static Path javadoc(Path module) throws IOException {
    Path target = module.resolve("target");
    try (Stream<Path> files = Files.isDirectory(target) ? Files.list(target) : Stream.empty()) {
      return files
          .filter(file -> file.toString().endsWith("-javadoc.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(target + " holds no Javadoc; -Prelease makes it"));
    }
  }

  private static void unpack(Path jar, Path folder) throws IOException {
    try (var files = new ZipFile(jar.toFile())) {
      for (ZipEntry file : Collections.list(files.entries())) {
        Path target = folder.resolve(file.getName()).normalize();
        if (!file.isDirectory() && target.startsWith(folder)) {
          Files.createDirectories(target.getParent());
          try (InputStream content = files.getInputStream(file)) {
            Files.copy(content, target);
          }
        }
      }
    }
  }

  /** Reads the written pages back: each of their links leads to a file, and to a heading where it names one. */
  private void requireLinks(List<Path> pages) throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages) {
      Path file = site.resolve(html(page.toString()));
      Matcher link = LINK.matcher(Files.readString(file));
      while (link.find()) {
        String path = link.group(1);
        if (!path.matches("[a-z]+:.*")) {
          Path target = path.isEmpty() ? file : file.resolveSibling(path).normalize();
          if (!Files.exists(target) || link.group(2) != null && !hasHeading(target, link.group(2))) {
            broken.add(page + ": " + link.group());
          }
        }
      }
    }
    if (!broken.isEmpty()) {
      throw new IllegalStateException("links that lead nowhere:\n" + String.join("\n", broken));
    }
  }

  /** Whether a page has that heading; what is no page, such as a source, has none to look for. */
  private static boolean hasHeading(Path target, String anchor) throws IOException {
    return !target.toString().endsWith(".html") || Files.readString(target).contains(" id=\"" + anchor + "\"");
  }

  private static boolean isPage(Path file) {
    return file.toString().endsWith(".md");
  }

  private static String html(String page) {
    return page.replaceAll("(^|/)README\\.md$", "$1index.html").replaceAll("\\.md$", ".html");
  }

  private String title(Path page) throws IOException {
    try (Stream<String> lines = Files.lines(root.resolve(page))) {
      return lines.filter(line -> line.startsWith("# ")).findFirst().orElse("# " + page).substring(2);
    }
  }

  /** Headings with the anchors that GitHub gives them. */
  private static HtmlRenderer renderer() {
    Map<String, Integer> seen = new HashMap<>();
    return HtmlRenderer.builder()
        .extensions(TABLES)
        .attributeProviderFactory(
            context ->
                (node, tag, attributes) -> {
                  if (node instanceof Heading) {
                    String anchor = text(node).toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-');
                    int count = seen.merge(anchor, 1, Integer::sum);
                    attributes.put("id", count == 1 ? anchor : anchor + "-" + (count - 1));
                  }
                })
        .build();
  }

  private static String text(Node node) {
    var text = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text part) {
            text.append(part.getLiteral());
          }

          @Override
          public void visit(Code part) {
            text.append(part.getLiteral());
          }
        });
    return text.toString();
  }

  private String page(Path page, String body) {
    String up = "../".repeat(page.getNameCount() - 1);
    String pages =
        titles.entrySet().stream()
            .map(entry -> link(up + html(entry.getKey().toString()), entry.getValue(), entry.getKey().equals(page)))
            .collect(Collectors.joining("\n"));
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s</title>
        <link rel="stylesheet" href="%ssite.css">
        </head>
        <body>
        <nav>
        %s
        %s
        </nav>
        <main>
        %s</main>
        </body>
        </html>
        """
        .formatted(
            plain(titles.getOrDefault(page, "Javadoc")),
            up,
            pages,
            link(up + JAVADOC, "Javadoc", page.endsWith(JAVADOC)),
            body);
  }

  private static String link(String target, String title, boolean here) {
    return "<a%s href=\"%s\">%s</a>".formatted(here ? " class=\"here\"" : "", target, plain(title));
  }

  /** A title in HTML: its backticks are left out. */
  private static String plain(String title) {
    return title.replace("`", "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Links to pages lead to their HTML; other files are copied; folders lead to the first page that lies in them. */
  private final class Links extends AbstractVisitor {
    private final Path page;

    Links(Path page) {
      this.page = page;
    }

    @Override
    public void visit(Link link) {
      link.setDestination(target(link.getDestination()));
      visitChildren(link);
    }

    @Override
    public void visit(Image image) {
      image.setDestination(target(image.getDestination()));
    }

    private String target(String link) {
      if (link.startsWith("#") || link.matches("[a-z]+:.*")) {
        return link;
      }
      String[] parts = link.split("#", 2);
      Path file = page.resolveSibling(parts[0]).normalize();
      String anchor = parts.length == 1 ? "" : "#" + parts[1];
      try {
        if (Files.isDirectory(root.resolve(file))) {
          Path first = titles.keySet().stream().filter(each -> each.startsWith(file)).findFirst().orElse(Path.of("README.md"));
          return "../".repeat(page.getNameCount() - 1) + html(first.toString());
        }
        if (isPage(file)) {
          return html(parts[0]) + anchor;
        }
        Path copy = site.resolve(file);
        Files.createDirectories(copy.getParent());
        Files.copy(root.resolve(file), copy, StandardCopyOption.REPLACE_EXISTING);
        return link;
      } catch (IOException e) {
        throw new IllegalStateException(page + ": the link " + link + " leads nowhere", e);
      }
    }
  }
}
