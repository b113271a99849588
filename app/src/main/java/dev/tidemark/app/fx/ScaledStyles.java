package dev.tidemark.app.fx;

import dev.tidemark.resources.Stylesheets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Multiplies every length in the main stylesheet by a factor, except lengths of up to two pixels (hairlines). For the
 * JavaFX thread.
 */
final class ScaledStyles {
    private static final Pattern IMPORT = Pattern.compile("@import \"([^\"]+)\";");
    private static final Pattern LENGTH = Pattern.compile("(-?\\d+(?:\\.\\d+)?)px");
    private static final double HAIRLINE = 2;
    private static final double FINEST = 10;
    private static final Map<Double, String> MADE = new HashMap<>();

    private ScaledStyles() {}

    /** Returns the URL of the main stylesheet with all lengths multiplied by a factor. */
    static String main(double factor) {
        return factor == 1 ? Stylesheets.MAIN : MADE.computeIfAbsent(factor, ScaledStyles::generate);
    }

    private static String generate(double factor) {
        String folder = Stylesheets.MAIN.substring(0, Stylesheets.MAIN.lastIndexOf('/') + 1);
        String whole = IMPORT.matcher(read(Stylesheets.MAIN))
                .replaceAll(part -> java.util.regex.Matcher.quoteReplacement(read(folder + part.group(1))));
        String scaled = LENGTH.matcher(whole).replaceAll(length -> scale(length, factor));
        return "data:text/css;charset=UTF-8;base64,"
                + Base64.getEncoder().encodeToString(scaled.getBytes(StandardCharsets.UTF_8));
    }

    private static String scale(MatchResult length, double factor) {
        double pixels = Double.parseDouble(length.group(1));
        // Rounds large whole lengths to whole pixels. Rounds small lengths and fractions, such as font sizes, to a
        // tenth.
        double scaled = pixels * factor;
        double rounded = pixels == Math.rint(pixels) && pixels > FINEST * 2
                ? Math.rint(scaled)
                : Math.rint(scaled * FINEST) / FINEST;
        return (Math.abs(pixels) <= HAIRLINE ? pixels : rounded) + "px";
    }

    private static String read(String address) {
        try (InputStream in = URI.create(address).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
