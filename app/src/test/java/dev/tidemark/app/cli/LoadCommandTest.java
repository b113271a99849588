package dev.tidemark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.jr.ob.JSON;

class LoadCommandTest {
    @TempDir
    private Path folder;

    private CommandRun run(String... arguments) {
        return CommandRun.on(folder.resolve("profile"), arguments);
    }

    @Test
    void measuresAndReportsAsTextJsonAndCsv() throws IOException {
        Path json = folder.resolve("report.json");
        Path csv = folder.resolve("csv");
        String printed = run(
                        "bench",
                        "load",
                        "--databases",
                        "2",
                        "--workers",
                        "3",
                        "--duration",
                        "400ms",
                        "--document-size",
                        "200",
                        "--durability",
                        "none",
                        "--seed",
                        "7",
                        "--json",
                        json.toString(),
                        "--csv",
                        csv.toString())
                .printed();
        assertThat(printed).contains("Databases: 2; workers on each: 3", "seed 7", "P99.9 ms");
        assertThat(printed.lines().map(line -> line.split(" ", 2)[0]))
                .contains("read", "create", "update", "delete", "all");
        Map<String, Object> report = JSON.std.mapFrom(Files.readString(json));
        assertThat((List<?>) report.get("databases")).hasSize(2);
        Map<?, ?> profile = (Map<?, ?>) report.get("profile");
        assertThat(Stream.of("workers", "documentSize", "durability", "seed")
                        .map(profile::get)
                        .toList())
                .isEqualTo(List.of(3, 200, "none", 7));
        assertThat(Files.readAllLines(csv.resolve("operations.csv"))).hasSizeGreaterThan(10);
        // Nothing of the person's own was made.
        assertThat(folder.resolve("profile/data")).doesNotExist();
    }

    @Test
    void printsJsonIfThatIsAskedForBeforeTheCommand() throws IOException {
        Map<String, Object> report = JSON.std.mapFrom(
                run("--json", "bench", "load", "--databases", "1", "--workers", "1", "--duration", "50ms")
                        .printed());
        assertThat(report).containsEntry("stopped", false).containsEntry("failures", List.of());
    }

    @Test
    void phasesAndMixesCanBeGivenForOneDatabase() throws IOException {
        Path json = folder.resolve("report.json");
        run(
                        "bench",
                        "load",
                        "--databases",
                        "2",
                        "--workers",
                        "1",
                        "--mix",
                        "create=1",
                        "--mix",
                        "2:read=1",
                        "--phase",
                        "50ms",
                        "--phase",
                        "1:60ms:update=1,read=1",
                        "--json",
                        json.toString())
                .printed();
        Map<?, ?> profile = (Map<?, ?>) JSON.std.mapFrom(Files.readString(json)).get("profile");
        assertThat(((List<?>) profile.get("databases")).toString())
                .isEqualTo("[[{seconds=0.05, operations=null, mix=read=0,create=1,update=0,delete=0},"
                        + " {seconds=0.06, operations=null, mix=read=1,create=0,update=1,delete=0}],"
                        + " [{seconds=0.05, operations=null, mix=read=1,create=0,update=0,delete=0}]]");
    }

    @Test
    void keepsTheDatabasesInAFolderThatWasGivenAndRefusesToUseThemAgain() {
        String own = folder.resolve("own").toString();
        String[] arguments = {
            "bench", "load", "--databases", "1", "--workers", "1", "--duration", "20ms", "--folder", own
        };
        run(arguments).printed();
        assertThat(Path.of(own, "load-1.db")).exists();
        assertThat(run(arguments).misunderstanding()).contains("a database of an earlier test");
    }

    @Test
    void leavesNothingInTheTemporaryFolder() throws IOException {
        List<String> before = temporary();
        run("bench", "load", "--databases", "1", "--workers", "1", "--duration", "20ms")
                .printed();
        assertThat(temporary()).isEqualTo(before);
    }

    private static List<String> temporary() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.map(Path::toString)
                    .filter(name -> name.contains("tidemark-load"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --databases|0|--databases needs a whole number from 1 to 100, not "0".
        --workers|many|--workers needs a whole number from 1 to 100, not "many".
        --document-size|31|--document-size needs a whole number from 32 to 16777216, not "31".
        --duration|10|--duration needs a time of at most a week such as 500ms, 10s, 5m or 1h, not "10".
        --duration|0s|--duration needs a time of at most a week such as 500ms, 10s, 5m or 1h, not "0s".
        --mix|write=1|--mix needs shares such as read=40,create=30,update=20,delete=10, not "write=1".
        --mix|4:read=1|--mix names database 4, but only 3 exist.
        --phase|1:5s|Database 2 has no phase. Add one with --phase.
        --durability|fsync|"fsync" is not a durability. Use always, group, none, or interval=200ms.
        --seed|one|--seed needs a whole number from -9223372036854775808 to 9223372036854775807, not "one".
        """)
    void refusesBadOptionsWithASentence(String option, String value, String sentence) {
        assertThat(run("bench", "load", option, value).misunderstanding()).startsWith(sentence);
    }

    @Test
    void refusesDurationAndPhasesTogether() {
        assertThat(run("bench", "load", "--duration", "1s", "--phase", "1s").misunderstanding())
                .startsWith("Give either --duration or --phase");
        assertThat(run("bench").misunderstanding()).startsWith("Give a command.");
    }

    @Test
    void saysBeforeTheTestThatTheReportCannotBeWritten() {
        assertThat(run(
                                "bench",
                                "load",
                                "--duration",
                                "1h",
                                "--json",
                                folder.resolve("absent/report.json").toString())
                        .failure())
                .contains("absent/report.json cannot be written");
    }

    @Test
    void speaksGerman() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(run("bench", "load", "--databases", "1", "--workers", "1", "--duration", "50ms")
                            .printed())
                    .contains("Datenbanken: 1; Arbeiter an jeder: 1", "löschen", "je Sekunde");
            assertThat(run("bench", "load", "--help").printed()).contains("Lässt Arbeiter in");
        } finally {
            Locale.setDefault(before);
        }
    }
}
