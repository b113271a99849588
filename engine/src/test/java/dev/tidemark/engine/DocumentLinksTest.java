package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Documents and comments refer to files, pictures, headings, rules and tests that exist. */
class DocumentLinksTest {
    private static final Path ROOT = Path.of(System.getProperty("tidemark.root"));
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|`[^`\n]*`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");
    private static final Pattern ANCHOR = Pattern.compile("<a id=\"([\\w-]+)\"></a>");
    private static final Pattern COMMENT = Pattern.compile("(?m)^ *(?:/?\\*|//).*$");
    private static final Pattern PAGE = Pattern.compile("(?<!https://)(?<![\\w-])[\\w-]+\\.md\\b");
    private static final Pattern CITED_RULE = Pattern.compile("(?:#r|\\bR)([0-9]+)\\b");
    private static final Pattern BARE_RULE = Pattern.compile("(?<!Cloudflare )\\bR[0-9]+\\b");
    private static final Pattern UNLINKED_RULE = Pattern.compile("\\b[Rr]ules? R[0-9]+");

    @Test
    void noDocumentHasMarksOfAnUnfinishedMerge() throws IOException {
        for (Path document : documents()) {
            assertThat(Files.readAllLines(document))
                    .as(ROOT.relativize(document).toString())
                    .noneMatch(line -> line.startsWith("<<<<<<< ") || line.startsWith(">>>>>>> "));
        }
    }

    @Test
    void noLinkOfADocumentIsDead() throws IOException {
        List<String> dead = new ArrayList<>();
        int links = 0;
        for (Path document : documents()) {
            Matcher link = LINK.matcher(withoutCode(document));
            while (link.find()) {
                String target = link.group(1);
                if (!target.startsWith("http")) {
                    links++;
                    if (!isThere(document, target)) {
                        dead.add(ROOT.relativize(document) + ": " + target);
                    }
                }
            }
        }
        assertThat(dead).isEmpty();
        assertThat(links).as("links that were looked at").isGreaterThan(50);
    }

    /** In documents a rule is a link to its section; in comments the first one of a file names the page. */
    @Test
    void everyRuleThatIsCitedLeadsToItsSection() throws IOException {
        List<String> sections = anchors(ROOT.resolve("docs/correctness.md"));
        List<String> wrong = new ArrayList<>();
        for (Path document : documents()) {
            String text = LINK.matcher(withoutCode(document)).replaceAll("](");
            if (!document.endsWith("correctness.md")) {
                find(BARE_RULE, text.replaceAll("\\[[^\\]]*\\]\\(", ""), document, wrong);
            }
        }
        for (Path source : files(".java")) {
            String comments = comments(source);
            find(UNLINKED_RULE, comments, source, wrong);
            CITED_RULE
                    .matcher(comments)
                    .results()
                    .filter(rule -> !sections.contains("r" + rule.group(1)))
                    .forEach(rule -> wrong.add(ROOT.relativize(source) + ": " + rule.group()));
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyPageThatACommentOrADocumentCitesIsInTheRepository() throws IOException {
        Set<String> pages =
                documents().stream().map(page -> page.getFileName().toString()).collect(Collectors.toSet());
        List<String> missing = new ArrayList<>();
        for (Path document : documents()) {
            cited(Files.readString(document), pages)
                    .forEach(page -> missing.add(ROOT.relativize(document) + ": " + page));
        }
        for (Path source : files(".java")) {
            cited(comments(source), pages).forEach(page -> missing.add(ROOT.relativize(source) + ": " + page));
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyTestThatADocumentNamesExists() throws IOException {
        Set<String> tests = NamedTests.existing(ROOT);
        Set<String> sources = files(".java").stream()
                .map(source -> source.getFileName().toString())
                .collect(Collectors.toSet());
        List<String> missing = new ArrayList<>();
        for (Path document : documents()) {
            String text = Files.readString(document);
            NamedTests.in(text).stream()
                    .filter(test -> !tests.contains(test))
                    .forEach(test -> missing.add(ROOT.relativize(document) + ": " + test));
            NamedTests.classesIn(text).stream()
                    .filter(name -> !sources.contains(name + ".java"))
                    .forEach(name -> missing.add(ROOT.relativize(document) + ": " + name));
        }
        assertThat(missing).isEmpty();
    }

    private static void find(Pattern pattern, String text, Path file, List<String> found) {
        pattern.matcher(text).results().forEach(rule -> found.add(ROOT.relativize(file) + ": " + rule.group()));
    }

    private static List<String> cited(String text, Set<String> pages) {
        return PAGE.matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(page -> !pages.contains(page) && !page.startsWith("NNNN"))
                .toList();
    }

    private static String comments(Path source) throws IOException {
        return COMMENT.matcher(Files.readString(source))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.joining("\n"));
    }

    private static boolean isThere(Path document, String target) throws IOException {
        int mark = target.indexOf('#');
        String file = mark < 0 ? target : target.substring(0, mark);
        Path path = file.isEmpty() ? document : document.resolveSibling(file).normalize();
        if (!Files.exists(path)) {
            return false;
        }
        return mark < 0 || anchors(path).contains(target.substring(mark + 1));
    }

    /** Those that GitHub makes of headings, and explicit ones. */
    private static List<String> anchors(Path document) throws IOException {
        String text = Files.readString(document);
        Stream<String> headings = HEADING.matcher(text)
                .results()
                .map(heading -> heading.group(1)
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'));
        return Stream.concat(headings, ANCHOR.matcher(text).results().map(anchor -> anchor.group(1)))
                .toList();
    }

    private static String withoutCode(Path document) throws IOException {
        return CODE.matcher(Files.readString(document)).replaceAll("");
    }

    /** Without samples of other programs' files. */
    private static List<Path> documents() throws IOException {
        return files(".md").stream()
                .filter(path -> !path.toString().contains("joplin-raw"))
                .toList();
    }

    private static List<Path> files(String extension) throws IOException {
        try (Stream<Path> paths = Files.walk(ROOT)) {
            return paths.filter(path -> path.toString().endsWith(extension))
                    .filter(path -> !ROOT.relativize(path).toString().matches("(.*/)?(target|\\.git)/.*"))
                    .toList();
        }
    }
}
