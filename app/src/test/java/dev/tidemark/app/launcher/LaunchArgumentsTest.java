package dev.tidemark.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.settings.ProfileFolders;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchArgumentsTest {
    private static final ProfileFolders OTHER = ProfileFolders.below(Path.of("other"));

    @Test
    void whatOpensAWindowIsToldFromCommands() {
        assertThat(LaunchArguments.of())
                .isEqualTo(new LaunchArguments(ProfileFolders.standard(), new LaunchRequest.Window()));
        assertThat(LaunchArguments.of("--profile", "other"))
                .isEqualTo(new LaunchArguments(OTHER, new LaunchRequest.Window()));
        assertThat(LaunchArguments.of("--profile=other", "--background"))
                .isEqualTo(new LaunchArguments(OTHER, new LaunchRequest.Background()));
        assertThat(LaunchArguments.of("quick", "--profile", "other"))
                .isEqualTo(new LaunchArguments(OTHER, new LaunchRequest.QuickAdd("")));
        assertThat(LaunchArguments.of("--profile", "other", "my notes.Tidemark"))
                .isEqualTo(new LaunchArguments(
                        OTHER,
                        new LaunchRequest.Import(Path.of("my notes.Tidemark").toAbsolutePath())));
        assertThat(LaunchArguments.of("--new-item"))
                .isEqualTo(new LaunchArguments(ProfileFolders.standard(), new LaunchRequest.NewItem()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list",
                "quick buy milk",
                "quick --json",
                "quick --help",
                "quick quick",
                "import notes.tidemark",
                "one.tidemark two.tidemark",
                "--background list",
                "--profile",
                "--background --new-item"
            })
    void allElseIsACommandOrForOneToComplainOf(String line) {
        assertThat(LaunchArguments.of(line.split(" ", -1))).isNull();
    }

    @Test
    void requestsReachTheOtherProcessUnchanged() {
        for (LaunchRequest wish : new LaunchRequest[] {
            new LaunchRequest.Window(),
            new LaunchRequest.Background(),
            new LaunchRequest.NewItem(),
            new LaunchRequest.QuickAdd(""),
            new LaunchRequest.QuickAdd("Öl +\n1% & mehr"),
            new LaunchRequest.Import(Path.of("/home/ann/ä +%41 b.tidemark").toAbsolutePath())
        }) {
            assertThat(wish.text()).doesNotContain("\n");
            assertThat(LaunchRequest.parse(wish.text())).contains(wish);
        }
        assertThat(LaunchRequest.parse("of a later version")).isEmpty();
        assertThat(LaunchRequest.parse("quick-add %zz")).isEmpty();
        assertThat(LaunchRequest.parse("import %00")).isEmpty();
    }
}
