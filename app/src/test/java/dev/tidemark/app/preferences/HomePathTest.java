package dev.tidemark.app.preferences;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HomePathTest {
    private static final Path HOME = Path.of("/home/ann");

    @Test
    void aFolderOfOnesOwnBeginsWithATilde() {
        assertThat(HomePath.shown(Path.of("/home/ann/Sync/notes"), HOME)).isEqualTo("~/Sync/notes");
    }

    @Test
    void anyOtherFolderIsShownWhole() {
        assertThat(HomePath.shown(Path.of("/media/stick"), HOME)).isEqualTo("/media/stick");
        assertThat(HomePath.shown(Path.of("/home/anna/Sync"), HOME)).isEqualTo("/home/anna/Sync");
        assertThat(HomePath.shown(HOME, HOME)).isEqualTo("/home/ann");
    }
}
