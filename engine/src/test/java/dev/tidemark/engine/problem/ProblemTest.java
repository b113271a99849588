package dev.tidemark.engine.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {
    private static final Pattern PLACE = Pattern.compile("\\{([^}]*)\\}");

    @Test
    void everyProblemHasACodeOfItsOwn() {
        assertThat(Arrays.stream(Problem.values()).map(Problem::code)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void aCodeIsLowerCaseWordsWithPointsAndHyphens(Problem problem) {
        assertThat(problem.code()).matches("[a-z]+(-[a-z]+)*(\\.[a-z]+(-[a-z]+)*)*");
    }

    @Test
    void everyTemplateBelongsToAProblem() throws IOException {
        Properties templates = new Properties();
        try (InputStream file = Problem.class.getResourceAsStream("problems.properties")) {
            templates.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        }
        assertThat(templates.stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Problem.values()).map(Problem::code).toList());
    }

    @Test
    void aCommentDescribesTheArgumentsOfEveryTemplate() throws IOException {
        List<String> missing = new ArrayList<>();
        String before = "";
        try (InputStream file = Objects.requireNonNull(Problem.class.getResourceAsStream("problems.properties"))) {
            for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.contains("{0}") && !before.startsWith("#")) {
                    missing.add(line);
                }
                before = line;
            }
        }
        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void placesAreNumberedFrom0WithoutGaps(Problem problem) {
        List<String> places = PLACE.matcher(problem.messageTemplate())
                .results()
                .map(place -> place.group(1))
                .distinct()
                .sorted()
                .toList();
        for (int number = 0; number < places.size(); number++) {
            assertThat(places.get(number)).isEqualTo(Integer.toString(number));
        }
    }

    /** A last place stands for a sentence of its own, which says why. */
    @ParameterizedTest
    @EnumSource
    void aSentenceBeginsWithACapitalAndEndsWithAPoint(Problem problem) {
        assertThat(problem.messageTemplate())
                .matches("(\\{0\\} |[A-Z]).*(\\.|\\. \\{\\d\\})")
                .doesNotContain("..", "''", "  ");
    }

    @Test
    void argumentsAreKeptAsTextNumbersAndProblems() {
        QueryException exception =
                new QueryException(Problem.QUERY_PARAMETERS, 12_345, 2L, Path.of("it's a {0} and a $1"));
        assertThat(exception.arguments()).containsExactly(12_345, 2L, "it's a {0} and a $1");
        assertThat(exception.code()).isEqualTo("query.parameters");
        assertThat(exception)
                .hasMessage("The statement has places for 12345 parameters, but it was given 2. "
                        + "The statement was: it's a {0} and a $1.");
    }

    @Test
    void aReasonIsASentenceWithinTheSentence() {
        IllegalStateException cause = new IllegalStateException();
        TransactionException exception =
                new TransactionException(cause, Problem.TRANSACTION_NOT_SAVED, Problem.DISK_FULL);
        assertThat(exception.arguments()).containsExactly(Problem.DISK_FULL);
        assertThat(exception).hasMessage("Nothing was saved. The disk is full.").hasCause(cause);
    }

    @Test
    void anArgumentThatIsMissingIsSeen() {
        assertThat(new TransactionException(Problem.TRANSACTION_NOT_SAVED)).hasMessage("Nothing was saved. {0}");
        assertThat(new TransactionException(Problem.TRANSACTION_NOT_SAVED, (Object) null).arguments())
                .containsExactly("null");
    }
}
