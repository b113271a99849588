package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents of the repository point to is there: files, pictures, and headings in them. */
class DocumentLinksTest {
    private static final Path ROOT = Path.of(System.getProperty("tidemark.root"));
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|`[^`\n]*`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");

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

    private static boolean isThere(Path document, String target) throws IOException {
        int mark = target.indexOf('#');
        String file = mark < 0 ? target : target.substring(0, mark);
        Path path = file.isEmpty() ? document : document.resolveSibling(file).normalize();
        if (!Files.exists(path)) {
            return false;
        }
        return mark < 0 || anchors(path).contains(target.substring(mark + 1));
    }

    /** As GitHub makes them of headings. */
    private static List<String> anchors(Path document) throws IOException {
        return HEADING.matcher(Files.readString(document))
                .results()
                .map(heading -> heading.group(1)
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static String withoutCode(Path document) throws IOException {
        return CODE.matcher(Files.readString(document)).replaceAll("");
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> paths = Files.walk(ROOT)) {
            return paths.filter(path -> path.toString().endsWith(".md"))
                    .filter(path -> !ROOT.relativize(path).toString().matches("(.*/)?(target|\\.git)/.*"))
                    .toList();
        }
    }
}
