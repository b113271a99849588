package dev.tidemark.engine.internal.files;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.FileSystemException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Classifies why the operating system refused a file operation. Java's exceptions contain the system's message in the
 * user's language and no errno, so messages are compared with those that {@code strerror} returns for known numbers.
 * Thread-safe.
 */
public enum SystemError {
    FULL,
    QUOTA,
    READ_ONLY,
    /** The device reported an I/O error. */
    FAILED,
    /** The device, or the computer that shares it, is no longer connected. */
    LOST,
    UNSUPPORTED,
    /** A sync client has created a placeholder for the file without its content. */
    ONLINE_ONLY;

    private static final Logger LOG = LoggerFactory.getLogger(SystemError.class);

    /** The messages of each error. They are loaded when the first error occurs. */
    private static final class Words {
        private static final String SYSTEM = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);

        static final Map<SystemError, List<String>> ALL = new EnumMap<>(Map.of(
                FULL, all(List.of(28), List.of(28), "no space left", "not enough space", "disk is full"),
                QUOTA, all(List.of(122), List.of(69), "quota"),
                READ_ONLY, all(List.of(30), List.of(30), "read-only file system", "write protected"),
                FAILED, all(List.of(5), List.of(5), "input/output error", "i/o device error"),
                LOST,
                        all(
                                List.of(116, 19, 6, 112, 113, 110, 107),
                                List.of(70, 19, 6, 64, 65, 60, 57),
                                "stale file handle",
                                "network path was not found",
                                "network name is no longer available",
                                "device is not ready"),
                UNSUPPORTED, all(List.of(22, 95, 38), List.of(22, 45, 102, 78), "invalid argument", "not supported"),
                ONLINE_ONLY, all(List.of(), List.of(), "cloud file", "cloud operation")));

        private Words() {}

        /** The numbers are from errno.h of each system. The English texts include those of Windows. */
        private static List<String> all(List<Integer> linux, List<Integer> mac, String... english) {
            List<Integer> numbers = SYSTEM.startsWith("linux") ? linux : SYSTEM.startsWith("mac") ? mac : List.of();
            return Stream.concat(
                            Stream.of(english), numbers.stream().flatMap(number -> inUsersLanguage(number).stream()))
                    .map(text -> text.toLowerCase(Locale.ROOT))
                    .toList();
        }
    }

    /** Returns the reason why the operation failed; empty if it is not one of these. */
    public static Optional<SystemError> of(IOException exception) {
        String message = osMessage(exception).toLowerCase(Locale.ROOT);
        for (SystemError error : values()) {
            if (Objects.requireNonNull(Words.ALL.get(error)).stream().anyMatch(message::contains)) {
                return Optional.of(error);
            }
        }
        return Optional.empty();
    }

    /** Returns the system's message without the path; empty if there is none. */
    public static String osMessage(IOException exception) {
        String reason = exception instanceof FileSystemException system ? system.getReason() : null;
        String text = reason == null ? exception.getMessage() : reason;
        return text == null ? "" : text;
    }

    /** Returns the C library's message for an errno; empty if native calls are not allowed. */
    @SuppressWarnings("restricted")
    static Optional<String> inUsersLanguage(int number) {
        try {
            Linker linker = Linker.nativeLinker();
            MethodHandle strerror = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("strerror"),
                    FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
            MemorySegment text = (MemorySegment) strerror.invokeExact(number);
            return Optional.of(text.reinterpret(1024).getString(0)).filter(message -> !message.isBlank());
        } catch (Throwable e) {
            if (e instanceof Error error && !(e instanceof LinkageError)) {
                throw error;
            }
            LOG.debug("The system has no message for error {}", number, e);
            return Optional.empty();
        }
    }
}
