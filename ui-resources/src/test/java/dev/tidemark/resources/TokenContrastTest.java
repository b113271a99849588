package dev.tidemark.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * WCAG 2.2 AA on every surface: 4.5:1 for text, 3:1 for icons and focus rings. AAA with high contrast: 7:1 for text,
 * 4.5:1 for the rest.
 */
class TokenContrastTest {
    private static final double TEXT = 4.5;
    private static final double GRAPHIC = 3;

    /** 7:1 of 4.5:1, and about 4.5:1 of 3:1. */
    private static final double HIGH = 7 / TEXT;

    private static final Pattern TOKEN = Pattern.compile("(-tm-[a-z0-9-]+):\\s*#([0-9a-f]{6});");

    /** What is pointed at is tinted, no more. */
    private static final double TINT = 1.08;

    private static final List<String> SURFACES = List.of(
            "-tm-surface-1",
            "-tm-surface-2",
            "-tm-surface-3",
            "-tm-hover",
            "-tm-hover-3",
            "-tm-accent-tint",
            "-tm-field",
            "-tm-field-3");

    /**
     * What has to be told apart.
     *
     * @param front the token in front
     * @param back the token behind
     * @param least the least contrast
     */
    private record Pair(String front, String back, double least) {}

    private static List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (String surface : SURFACES) {
            pairs.add(new Pair("-tm-text", surface, TEXT));
            pairs.add(new Pair("-tm-text-muted", surface, TEXT));
            pairs.add(new Pair("-tm-accent", surface, GRAPHIC));
        }
        for (String surface : List.of("-tm-surface-2", "-tm-surface-3", "-tm-field", "-tm-field-3")) {
            pairs.add(new Pair("-tm-text-faint", surface, TEXT));
        }
        for (String surface : List.of("-tm-surface-2", "-tm-hover", "-tm-accent-tint")) {
            pairs.add(new Pair("-tm-accent", surface, TEXT));
            pairs.add(new Pair("-tm-danger", surface, TEXT));
            pairs.add(new Pair("-tm-warning", surface, TEXT));
            pairs.add(new Pair("-tm-control", surface, GRAPHIC));
        }
        pairs.add(new Pair("-tm-control", "-tm-surface-3", GRAPHIC));
        pairs.add(new Pair("-tm-danger", "-tm-surface-1", TEXT));
        pairs.add(new Pair("-tm-warning", "-tm-surface-1", TEXT));
        pairs.add(new Pair("-tm-text", "-tm-warning-tint", TEXT));
        pairs.add(new Pair("-tm-text-muted", "-tm-warning-tint", TEXT));
        pairs.add(new Pair("-tm-warning", "-tm-warning-tint", GRAPHIC));
        pairs.add(new Pair("-tm-text", "-tm-selection", TEXT));
        pairs.add(new Pair("-tm-text", "-tm-glow", TEXT));
        pairs.add(new Pair("-tm-on-accent", "-tm-accent", TEXT));
        pairs.add(new Pair("-tm-on-accent", "-tm-accent-hover", TEXT));
        pairs.add(new Pair("-tm-toast-text", "-tm-toast", TEXT));
        pairs.add(new Pair("-tm-toast-action", "-tm-toast", TEXT));
        for (String colour : List.of("red", "orange", "yellow", "green", "teal", "blue", "purple", "pink", "grey")) {
            pairs.add(new Pair("-tm-list-" + colour, "-tm-surface-1", GRAPHIC));
            pairs.add(new Pair("-tm-list-" + colour, "-tm-surface-2", GRAPHIC));
        }
        return pairs;
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokens-light.css", "tokens-dark.css"})
    void everythingCanBeToldApart(String file) throws IOException {
        assertThat(tooFaint(tokens(file), 1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokens-light-high.css", "tokens-dark-high.css"})
    void withHighContrastEverythingStandsOut(String file) throws IOException {
        assertThat(tooFaint(tokens(file), HIGH)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokens-light.css", "tokens-dark.css", "tokens-light-high.css", "tokens-dark-high.css"})
    void whatIsPointedAtIsSetOffFromWhatItLiesOn(String file) throws IOException {
        Map<String, Integer> tokens = tokens(file);
        for (String[] pair : new String[][] {
            {"-tm-hover-1", "-tm-surface-1"}, {"-tm-hover", "-tm-surface-2"}, {"-tm-hover-3", "-tm-surface-3"}
        }) {
            assertThat(contrast(value(tokens, pair[0]), value(tokens, pair[1])))
                    .as("%s on %s", pair[0], pair[1])
                    .isGreaterThan(TINT);
        }
    }

    @Test
    void theUsualThemesAreNotOfHighContrast() throws IOException {
        assertThat(tooFaint(tokens("tokens-light.css"), HIGH)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokens-light.css", "tokens-dark.css"})
    void aFaintTokenIsNoticed(String file) throws IOException {
        Map<String, Integer> tokens = tokens(file);
        tokens.put("-tm-text-muted", tokens.get("-tm-border"));
        assertThat(tooFaint(tokens, 1)).anyMatch(sentence -> sentence.startsWith("-tm-text-muted on -tm-surface-2"));
    }

    @Test
    void allThemesHaveTheSameTokens() throws IOException {
        for (String other : List.of("tokens-dark.css", "tokens-light-high.css", "tokens-dark-high.css")) {
            assertThat(tokens(other).keySet())
                    .isEqualTo(tokens("tokens-light.css").keySet());
        }
    }

    private static List<String> tooFaint(Map<String, Integer> tokens, double factor) {
        List<String> found = new ArrayList<>();
        for (Pair pair : pairs()) {
            double contrast = contrast(value(tokens, pair.front()), value(tokens, pair.back()));
            if (contrast < pair.least() * factor) {
                found.add("%s on %s: %.2f, not %.1f"
                        .formatted(pair.front(), pair.back(), contrast, pair.least() * factor));
            }
        }
        return found;
    }

    private static int value(Map<String, Integer> tokens, String name) {
        return Objects.requireNonNull(tokens.get(name), name);
    }

    private static Map<String, Integer> tokens(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(Stylesheets.class.getResourceAsStream("css/" + file))) {
            Matcher matcher = TOKEN.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            Map<String, Integer> tokens = new HashMap<>();
            while (matcher.find()) {
                tokens.put(matcher.group(1), Integer.parseInt(matcher.group(2), 16));
            }
            return tokens;
        }
    }

    private static double contrast(int one, int other) {
        double light = Math.max(luminance(one), luminance(other));
        double dark = Math.min(luminance(one), luminance(other));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double luminance(int colour) {
        return 0.2126 * channel(colour >> 16) + 0.7152 * channel(colour >> 8) + 0.0722 * channel(colour);
    }

    private static double channel(int bits) {
        double value = (bits & 0xff) / 255.0;
        return value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
