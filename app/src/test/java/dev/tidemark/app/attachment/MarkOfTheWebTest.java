package dev.tidemark.app.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MarkOfTheWebTest {
    @Test
    void onMacTheSystemQuarantinesTheFile() {
        Path file = Path.of("tickets.pdf").toAbsolutePath();
        assertThat(MarkOfTheWeb.quarantine(file, Instant.ofEpochSecond(0x66aabbccL)))
                .containsExactly(
                        "/usr/bin/xattr", "-w", "com.apple.quarantine", "0081;66aabbcc;Tidemark;", file.toString());
    }
}
