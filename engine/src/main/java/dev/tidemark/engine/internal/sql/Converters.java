package dev.tidemark.engine.internal.sql;

import dev.tidemark.engine.Converter;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The converters of applications, loaded at the first class that the engine does not know. Thread-safe. */
public final class Converters {
    private Converters() {}

    private static final class Loaded {
        @SuppressWarnings("rawtypes") // a class literal has no type arguments
        static final Map<Class<?>, Converter<?>> BY_TYPE = ServiceLoader.load(Converter.class).stream()
                .map(provider -> (Converter<?>) provider.get())
                .collect(Collectors.toUnmodifiableMap(converter -> converter.type(), converter -> converter));
    }

    /** The converter of exactly this class; {@code null} if there is none. */
    @SuppressWarnings("unchecked")
    public static <T> @Nullable Converter<T> of(Class<? extends T> type) {
        return (Converter<T>) Loaded.BY_TYPE.get(type);
    }
}
