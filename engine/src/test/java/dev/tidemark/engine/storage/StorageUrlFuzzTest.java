package dev.tidemark.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.fuzz.Mutations;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The address of a storage is either refused with a message or parsed; formatting and parsing it again gives the same
 * address.
 */
class StorageUrlFuzzTest {
    @MethodSource("soundAddresses")
    @FuzzTest
    void address(byte[] input) {
        try {
            StorageUrl url = StorageUrl.parse(Mutations.text(input));
            assertThat(StorageUrl.parse(url.text())).isEqualTo(url);
            assertThat(url.location()).isNotBlank();
        } catch (StorageException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    static List<byte[]> soundAddresses() {
        return Mutations.corpus(
                "s3://bucket/a/b%20c?endpoint=https://s3.example.org:9000/x&region=eu-central-1",
                "S3://b_1/ü?endpoint=http://[::1]",
                "file:///home/ann/Sync%20folder",
                "file://host/share",
                "file:/C:/Users/ann");
    }

    @Test
    void mutationsOfAddressesAreReadOrRefused() {
        Mutations.run(soundAddresses(), this::address);
    }
}
