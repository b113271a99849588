package dev.tidemark.installer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class VersionTest {
    @Test
    void aSnapshotIsPackagedUnderTheNumberThatItBecomes() {
        assertThat(Version.ofProject("0.1.0-SNAPSHOT").number()).isEqualTo("0.1.0");
        assertThat(Version.ofProject("2.10.3").number()).isEqualTo("2.10.3");
    }

    @Test
    void whatPackageManagersCannotOrderIsRefused() {
        assertThatThrownBy(() -> Version.ofProject("1.0-beta")).hasMessageContaining("1.0-beta");
    }

    @Test
    void macsDoNotTakeAZeroInFront() {
        assertThat(new Version("0.1.0").forMac()).isEqualTo("1.1.0");
        assertThat(new Version("1.2.3").forMac()).isEqualTo("1.2.3");
    }
}
