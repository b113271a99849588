package dev.tidemark.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.settings.Theme;
import dev.tidemark.resources.Stylesheets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.collections.ListChangeListener;
import javafx.scene.Scene;
import javafx.scene.layout.Pane;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;

/** Windows follow the appearance settings and the system while they are open. */
class ThemeManagerTest {
    private final SystemAppearance system = new SystemAppearance();

    @BeforeEach
    void startJavaFx() throws TimeoutException {
        FxToolkit.registerPrimaryStage();
    }

    @Test
    void followsTheSystemWhileTheWindowIsOpen() throws TimeoutException {
        FxToolkit.setupFixture(() -> {
            ThemeManager look = new ThemeManager(system);
            Scene scene = new Scene(new Pane());
            look.applyTheme(scene);
            assertThat(scene.getStylesheets()).containsExactly(Stylesheets.LIGHT, Stylesheets.MAIN);
            system.darkProperty().set(true);
            assertThat(scene.getStylesheets()).startsWith(Stylesheets.DARK);
            system.highContrastProperty().set(true);
            assertThat(scene.getStylesheets()).startsWith(Stylesheets.DARK_HIGH);
            look.setTheme(Theme.LIGHT);
            assertThat(scene.getStylesheets()).startsWith(Stylesheets.LIGHT_HIGH);
            assertThat(UiScale.isMotionReduced()).isFalse();
            system.reducedMotionProperty().set(true);
            assertThat(UiScale.isMotionReduced()).isTrue();
            system.reducedMotionProperty().set(false);
            return null;
        });
    }

    @Test
    void stylesNothingAnewThatStaysTheSame() throws TimeoutException {
        FxToolkit.setupFixture(() -> {
            ThemeManager look = new ThemeManager(system);
            Scene scene = new Scene(new Pane());
            look.applyTheme(scene);
            AtomicInteger changes = new AtomicInteger();
            scene.getStylesheets().addListener((ListChangeListener<String>) change -> changes.incrementAndGet());
            look.setTheme(Theme.LIGHT);
            system.reducedMotionProperty().set(true);
            system.reducedMotionProperty().set(false);
            assertThat(changes).hasValue(0);
            look.setTheme(Theme.DARK);
            assertThat(changes).hasValue(1);
            return null;
        });
    }

    @Test
    void otherSizesAreTheSameRulesWithOtherLengths() {
        String address = ScaledStyles.main(1.4);
        String styles = new String(
                Base64.getDecoder().decode(address.substring(address.indexOf(',') + 1)), StandardCharsets.UTF_8);
        assertThat(styles)
                .doesNotContain("@import")
                .contains("-fx-font-size: 18.2px", "-fx-fixed-cell-size: 56.0px", "-fx-border-width: 1.0px");
        assertThat(ScaledStyles.main(1)).isEqualTo(Stylesheets.MAIN);
    }
}
