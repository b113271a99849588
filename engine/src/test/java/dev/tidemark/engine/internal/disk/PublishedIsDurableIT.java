package dev.tidemark.engine.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.internal.disk.PowerCut.Survival;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.segment.SegmentReader;
import dev.tidemark.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * docs/correctness.md#r6: in every durability mode, uploaded changes and the name of the uploaded file are on disk
 * before the put. Otherwise the device would reuse their sequence numbers after a power cut, and take its own file for
 * a fork.
 */
@Proof
class PublishedIsDurableIT {
    private static final int SYNCS = 5;

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"ALWAYS", "GROUP", "INTERVAL-60000", "NONE"})
    void whatIsPutAndItsNameAreOnTheDiskBefore(String durability) throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("disk")).toRealPath();
        FsyncShim shim = FsyncShim.compile(folder, Files.createDirectory(temporary.resolve("aside")));
        ProcessBuilder process = Publisher.process(folder, durability, SYNCS);
        Path output = temporary.resolve("output.txt");
        shim.recordUnder(process.redirectOutput(output.toFile()));
        assertThat(process.start().waitFor()).as(Files.readString(output)).isZero();
        PowerCut disk = new PowerCut(shim.log());
        List<WriteLog.Event> events = shim.log().events();
        Random random = new Random(1);
        int segments = 0;
        for (int index = 0; index < events.size(); index++) {
            WriteLog.Event event = events.get(index);
            if (!event.name().equals(Committer.ACKNOWLEDGED) || event.kind() != WriteLog.Kind.WRITE) {
                continue;
            }
            String name = event.text().substring(0, event.text().indexOf(' '));
            if (name.startsWith("v1/library/")) {
                // Says who founded the library, and nothing that could be said otherwise later.
                continue;
            }
            disk.advance(index + 1);
            for (Survival survival : List.of(Survival.NOTHING, Survival.ANYTHING)) {
                Path found = Files.createTempDirectory(temporary, "found");
                disk.restore(found, Committer.DATABASE, survival, random);
                assertThat(isNamed(found, name))
                        .as(name + " is named when the power is cut")
                        .isTrue();
                if (name.startsWith(SegmentName.FOLDER)) {
                    byte[] content =
                            HexFormat.of().parseHex(event.text().strip().substring(name.length() + 1));
                    assertHolds(found, name, content);
                    segments++;
                }
            }
        }
        assertThat(segments).as("segments put").isGreaterThanOrEqualTo(2 * SYNCS);
    }

    private static boolean isNamed(Path folder, String name) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(Committer.DATABASE));
                PreparedStatement statement =
                        connection.prepareStatement("SELECT 1 FROM tm_remote_file WHERE name = ?")) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void assertHolds(Path folder, String name, byte[] content) {
        SegmentReader segment = SegmentReader.open(SegmentName.parse(name).orElseThrow(), content);
        try (Database database = Database.open(
                folder.resolve(Committer.DATABASE), Committer.SCHEMA, DatabaseOptions.DEFAULT.with(Durability.NONE))) {
            List<Change> held = database.changelog().list(ChangelogQuery.ALL);
            for (Change change = segment.next(); change != null; change = segment.next()) {
                Change published = change;
                assertThat(held)
                        .filteredOn(own -> own.dot().equals(published.dot()))
                        .as(published.dot() + " of " + name)
                        .singleElement()
                        .satisfies(own -> {
                            assertThat(own.values()).isEqualTo(published.values());
                            assertThat(own.hlcTime()).isEqualTo(published.hlcTime());
                        });
            }
        }
    }
}
