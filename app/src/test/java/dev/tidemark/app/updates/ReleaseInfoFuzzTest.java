package dev.tidemark.app.updates;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.fuzz.Mutations;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Any answer of an update server is a version with a web page, or nothing. */
class ReleaseInfoFuzzTest {
    @MethodSource("soundAnswers")
    @FuzzTest
    void answer(byte[] input) {
        ReleaseInfo.parse(input).ifPresent(announcement -> {
            announcement.isNewerThan("0.1.0-SNAPSHOT");
            assertThat(announcement.page().getScheme()).isEqualTo("https");
        });
    }

    static List<byte[]> soundAnswers() {
        return Mutations.corpus(
                "{\"program\":\"tidemark\",\"version\":\"0.2.0\",\"page\":\"https://tidemark.example/0.2\"}",
                "{\"program\":\"tidemark\",\"version\":\"999999999.1\",\"page\":\"https://[::1]:8443/\",\"more\":[{}]}");
    }

    @Test
    void mutationsOfAnswersAnnounceAVersionOrNothing() {
        Mutations.run(soundAnswers(), this::answer);
    }
}
