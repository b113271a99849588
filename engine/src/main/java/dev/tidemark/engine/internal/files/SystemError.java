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
 * Why a system refused something to do with files. Java's exceptions have the system's words for it, which are those of its
 * user's language, and no number; so the system is asked what its words for the numbers are. Thread-safe.
 */
public enum SystemError {
    /** No room is left on the disk. */
    FULL,
    /** The user may not store more there. */
    QUOTA,
    /** Nothing can be written to the drive. */
    READ_ONLY,
    /** The device failed. */
    FAILED,
    /** The device, or the machine that has it, is not there any more. */
    LOST,
    /** The drive cannot do this at all. */
    UNSUPPORTED,
    /** A folder tool has the file's name here, and not its content. */
    ONLINE_ONLY;

    private static final Logger LOG = LoggerFactory.getLogger(SystemError.class);

    /** Asked for with the first error. */
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

        /** The numbers are those of errno.h on either system; the words are those of Windows, too. */
        private static List<String> all(List<Integer> linux, List<Integer> mac, String... english) {
            List<Integer> numbers = SYSTEM.startsWith("linux") ? linux : SYSTEM.startsWith("mac") ? mac : List.of();
            return Stream.concat(
                            Stream.of(english), numbers.stream().flatMap(number -> inUsersLanguage(number).stream()))
                    .map(text -> text.toLowerCase(Locale.ROOT))
                    .toList();
        }
    }

    /** What the exception is about; empty if it is nothing of these. */
    public static Optional<SystemError> of(IOException exception) {
        String said = osMessage(exception).toLowerCase(Locale.ROOT);
        for (SystemError error : values()) {
            if (Objects.requireNonNull(Words.ALL.get(error)).stream().anyMatch(said::contains)) {
                return Optional.of(error);
            }
        }
        return Optional.empty();
    }

    /** The system's words in the exception, without its path; empty if there are none. */
    public static String osMessage(IOException exception) {
        String reason = exception instanceof FileSystemException system ? system.getReason() : null;
        String text = reason == null ? exception.getMessage() : reason;
        return text == null ? "" : text;
    }

    /** What the C library calls the error of this number; empty where it may not be asked. */
    @SuppressWarnings("restricted")
    static Optional<String> inUsersLanguage(int number) {
        try {
            Linker linker = Linker.nativeLinker();
            MethodHandle strerror = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("strerror"),
                    FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
            MemorySegment text = (MemorySegment) strerror.invokeExact(number);
            return Optional.of(text.reinterpret(1024).getString(0)).filter(said -> !said.isBlank());
        } catch (Throwable e) {
            if (e instanceof Error error && !(e instanceof LinkageError)) {
                throw error;
            }
            LOG.debug("The system's words for error {} are not known", number, e);
            return Optional.empty();
        }
    }
}
