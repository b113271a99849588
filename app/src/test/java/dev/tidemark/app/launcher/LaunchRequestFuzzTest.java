package dev.tidemark.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.fuzz.Mutations;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** A message of a second start is parsed to a request that can be written again, or rejected. */
class LaunchRequestFuzzTest {
    @MethodSource("soundMessages")
    @FuzzTest
    void message(byte[] input) {
        LaunchRequest.parse(new String(input, StandardCharsets.UTF_8))
                .ifPresent(wish -> assertThat(LaunchRequest.parse(wish.text())).contains(wish));
    }

    static List<byte[]> soundMessages() {
        return Mutations.corpus(
                new LaunchRequest.Window().text(),
                new LaunchRequest.Background().text(),
                new LaunchRequest.NewItem().text(),
                new LaunchRequest.QuickAdd("Milk tomorrow ü%").text(),
                new LaunchRequest.Import(Path.of("a b.jsonl")).text(),
                "import %00",
                "quick-add %zz");
    }

    @Test
    void mutationsOfMessagesAreRequestsOrNone() {
        Mutations.run(soundMessages(), this::message);
    }
}
