package dev.tidemark.app.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.QueryException;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.problem.TransactionException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorMessagesTest {
    private static final Path RESOURCES =
            Path.of(System.getProperty("tidemark.root"), "ui-resources/src/main/resources/dev/tidemark/resources");
    private static final Pattern PLACE = Pattern.compile("\\{[^}]*\\}");

    private final Locale before = Locale.getDefault();

    @AfterEach
    void backToTheLocale() {
        Locale.setDefault(before);
    }

    /** Those that the window's texts are in, English apart, which the engine speaks itself. */
    static List<String> languages() throws IOException {
        try (Stream<Path> files = Files.list(RESOURCES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("messages_"))
                    .map(name -> name.substring("messages_".length(), name.indexOf('.')))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("languages")
    void everyProblemOfTheEngineIsSaidInEveryLanguage(String language) throws IOException {
        Properties sentences = new Properties();
        try (Reader file = Files.newBufferedReader(RESOURCES.resolve("engine_" + language + ".properties"))) {
            sentences.load(file);
        }
        assertThat(new TreeSet<>(sentences.stringPropertyNames()))
                .isEqualTo(Arrays.stream(Problem.values())
                        .map(Problem::code)
                        .collect(Collectors.toCollection(TreeSet::new)));
        for (Problem problem : Problem.values()) {
            assertThat(places(sentences.getProperty(problem.code())))
                    .as(problem.code())
                    .isEqualTo(places(problem.messageTemplate()));
        }
    }

    @Test
    void thereIsALanguageBesideEnglish() throws IOException {
        assertThat(languages()).contains("de");
    }

    private static Set<String> places(String sentence) {
        return PLACE.matcher(sentence).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    /** Whoever replaces an encrypted library with a plain one wants the user to do that. */
    @Test
    void aDeviceThatEncryptsIsToldOfPossibleTamperingAndNeverToTurnEncryptionOffWhereItMeetsAPlainLibrary() {
        for (Problem problem : List.of(Problem.SYNC_NOT_ENCRYPTED, Problem.SYNC_DOWNGRADED)) {
            SyncException refused = new SyncException(problem, "s3://bucket");
            Locale.setDefault(Locale.ENGLISH);
            assertThat(ErrorMessages.of(refused)).contains("tampered").doesNotContainIgnoringCase("encryption off");
            Locale.setDefault(Locale.GERMANY);
            assertThat(ErrorMessages.of(refused)).contains("manipuliert").doesNotContain("Schalte die Verschlüsselung");
        }
    }

    @Test
    void aProblemAndItsReasonAreSaidInThePersonsLanguage() {
        TransactionException failure = new TransactionException(Problem.TRANSACTION_NOT_SAVED, Problem.DISK_FULL);
        Locale.setDefault(Locale.GERMANY);
        assertThat(ErrorMessages.of(failure)).isEqualTo("Nichts wurde gespeichert. Der Datenträger ist voll.");
        Locale.setDefault(Locale.UK);
        assertThat(ErrorMessages.of(failure)).isEqualTo("Nothing was saved. The disk is full.");
        Locale.setDefault(Locale.FRANCE);
        assertThat(ErrorMessages.of(failure)).isEqualTo(failure.getMessage());
    }

    @Test
    void whatTheSystemSaidStaysAsItSaidIt() {
        Locale.setDefault(Locale.GERMANY);
        assertThat(ErrorMessages.of(new QueryException(Problem.QUERY_COLUMN_UNKNOWN, "it's {1}", "a, b")))
                .isEqualTo("Das Ergebnis hat keine Spalte „it's {1}“; es hat die Spalten a, b.");
        assertThat(ErrorMessages.of(new IllegalStateException("mine"))).isEqualTo("mine");
        assertThat(ErrorMessages.of(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    }
}
