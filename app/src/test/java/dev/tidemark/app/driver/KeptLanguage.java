package dev.tidemark.app.driver;

import java.util.Locale;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Sets the language to English before each test, and restores the previous language afterwards. */
public final class KeptLanguage implements BeforeEachCallback, AfterEachCallback {
    private final Locale before = Locale.getDefault();

    @Override
    public void beforeEach(ExtensionContext context) {
        Locale.setDefault(Locale.ENGLISH);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Locale.setDefault(before);
    }
}
