package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.segment.ContentHash;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.sync.RemoteNames.LibraryName;
import dev.tidemark.engine.internal.sync.RemoteNames.RecordName;
import dev.tidemark.engine.internal.sync.RemoteNames.SnapshotName;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.proof.Proof;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Malicious JSON files whose names contain the right hashes. */
class HostileRecordsTest extends RemoteLibraryFixture {
    private static final ReplicaId REPLICA = new ReplicaId(0xff);
    private static final List<String> FIELDS = List.of(
            "library",
            "epoch",
            "aliases",
            "replica",
            "name",
            "platform",
            "program",
            "vector",
            "acknowledged",
            "allocated",
            "nonce",
            "written");

    private static String recordName(byte[] content) {
        return new RecordName(REPLICA, 1, ContentHash.of(content)).toString();
    }

    private static String retirementName(byte[] content) {
        return new Retirement.Name(REPLICA, 7, ContentHash.of(content)).toString();
    }

    private static String manifestName(byte[] content) {
        return new SnapshotName(1L << 40, REPLICA, ContentHash.of(content)).toString();
    }

    @Proof
    @ParameterizedTest
    @ValueSource(strings = {"null", "", "[]", "{}", "[null]", "7", "{\"replica\":null}", "{\"format\":null}"})
    void aRecordOfAnyKindThatSaysNothingIsNamedAndTheSyncGoesOn(String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        Database ann = device("ann");
        Database bob = device("bob");
        add(ann, "one");
        sync(ann);
        List<String> planted = List.of(recordName(content), retirementName(content), manifestName(content));
        planted.forEach(name -> storage.put(name, content));
        SyncReport report = sync(bob);
        assertThat(report.quarantined())
                .containsExactlyInAnyOrderElementsOf(planted.stream()
                        .map(name -> new SyncReport.QuarantinedFile(name, Problem.FILE_MALFORMED))
                        .toList());
        assertEqual(ann, bob);
        assertThat(report.isComplete()).isTrue();
    }

    @Test
    void aLibraryFileThatIsNullIsDamaged() {
        byte[] content = "null".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> LibraryFile.read(new LibraryName(new UUID(1, 2), 1), content))
                .isInstanceOf(DamagedFileException.class);
    }

    /** Each field of a sound record in turn is null, or of another type, or not there. */
    @Test
    void aFieldThatIsNullOrOfAnotherTypeDamagesOnlyItsFile() {
        Database ann = device("ann");
        add(ann, "one");
        sync(ann);
        String name = names().stream()
                .filter(each -> each.startsWith(RemoteNames.DEVICES))
                .findFirst()
                .orElseThrow();
        String sound = new String(storage.get(name), StandardCharsets.UTF_8);
        for (String field : FIELDS) {
            for (String value : List.of("null", "[null]", "{\"x\":null}", "1.5", "-1", "99999999999999999999")) {
                String changed = sound.replaceFirst(
                        "\"" + field + "\":(\\{[^}]*}|\\[[^]]*]|\"[^\"]*\"|[0-9]+)", "\"" + field + "\":" + value);
                assertThat(changed).as(field).isNotEqualTo(sound);
                byte[] content = changed.getBytes(StandardCharsets.UTF_8);
                RecordName record = new RecordName(ann.replica(), 1, ContentHash.of(content));
                try {
                    DeviceRecord.read(record, content);
                } catch (DamagedFileException e) {
                    assertThat(e.file()).isEqualTo(record.toString());
                }
            }
        }
    }
}
