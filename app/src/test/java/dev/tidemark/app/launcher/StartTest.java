package dev.tidemark.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.settings.ProfileFolders;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartTest {
    private static final ProfileFolders OTHER = ProfileFolders.below(Path.of("other"));

    @Test
    void whatOpensAWindowIsToldFromCommands() {
        assertThat(Start.of()).isEqualTo(new Start(ProfileFolders.standard(), new Wish.Window()));
        assertThat(Start.of("--profile", "other")).isEqualTo(new Start(OTHER, new Wish.Window()));
        assertThat(Start.of("--profile=other", "--background")).isEqualTo(new Start(OTHER, new Wish.Background()));
        assertThat(Start.of("quick", "--profile", "other")).isEqualTo(new Start(OTHER, new Wish.QuickAdd("")));
        assertThat(Start.of("--profile", "other", "my notes.Tidemark"))
                .isEqualTo(new Start(
                        OTHER, new Wish.Import(Path.of("my notes.Tidemark").toAbsolutePath())));
        assertThat(Start.of("--new-item")).isEqualTo(new Start(ProfileFolders.standard(), new Wish.NewItem()));
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
        assertThat(Start.of(line.split(" ", -1))).isNull();
    }

    @Test
    void wishesReachTheOtherProgramAsTheyAre() {
        for (Wish wish : new Wish[] {
            new Wish.Window(),
            new Wish.Background(),
            new Wish.NewItem(),
            new Wish.QuickAdd(""),
            new Wish.QuickAdd("Öl +\n1% & mehr"),
            new Wish.Import(Path.of("/home/ann/ä +%41 b.tidemark").toAbsolutePath())
        }) {
            assertThat(wish.text()).doesNotContain("\n");
            assertThat(Wish.parse(wish.text())).contains(wish);
        }
        assertThat(Wish.parse("of a later version")).isEmpty();
        assertThat(Wish.parse("quick-add %zz")).isEmpty();
        assertThat(Wish.parse("import %00")).isEmpty();
    }
}
