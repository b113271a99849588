package dev.tidemark.engine.internal.sql;

import dev.tidemark.engine.spi.Converter;
import java.util.Locale;

/** Converts locales. META-INF/services of the tests names this class. */
public final class LocaleConverter implements Converter<Locale> {
    @Override
    public Class<Locale> type() {
        return Locale.class;
    }

    @Override
    public Object toSqlite(Locale value) {
        return value.toLanguageTag();
    }

    @Override
    public Locale fromSqlite(Object stored) {
        return Locale.forLanguageTag((String) stored);
    }
}
