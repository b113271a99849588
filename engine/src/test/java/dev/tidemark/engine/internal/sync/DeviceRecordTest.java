package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeviceRecordTest {
    @Test
    void theNameOfAnotherDeviceIsOneLineOfBoundedLengthWithoutControlCharacters() {
        ReplicaId replica = ReplicaId.random();
        VersionVector vector = VersionVector.of(Map.of(replica, 1L));
        byte[] content = new DeviceRecord(
                        replica,
                        new UUID(1, 2),
                        1,
                        List.of(),
                        "Ada\u001b[2J\n\u202egnp" + "x".repeat(100_000),
                        "Linux\u0007",
                        "Tidemark\t1",
                        vector,
                        Map.of(),
                        vector,
                        VersionVector.EMPTY,
                        List.of(),
                        "n",
                        Instant.EPOCH)
                .toBytes();
        DeviceRecord read = DeviceRecord.read(DeviceRecord.nameOf(replica, 1, content), content);
        assertThat(read.name()).startsWith("Ada [2J gnpxx").hasSizeLessThanOrEqualTo(101);
        assertThat(read.platform()).isEqualTo("Linux");
        assertThat(read.program()).isEqualTo("Tidemark 1");
    }
}
