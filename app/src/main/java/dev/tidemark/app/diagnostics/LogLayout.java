package dev.tidemark.app.diagnostics;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.LayoutBase;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.problem.TidemarkException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Formats a log line: time, level, thread, logger, {@link ErrorCode} in parentheses, and message. The message of an
 * exception can contain text of the user or a server, or the name of a bucket or host. For such an exception, writes
 * only the code. Replaces home folders with {@code ~}.
 */
final class LogLayout extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT)
            .withZone(ZoneId.systemDefault());

    private static final int MAX_LENGTH = 1000;
    private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    private final HomePathRedactor anonymous = HomePathRedactor.ofSystem();

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder()
                .append(TIME.format(event.getInstant()))
                .append(' ')
                .append(event.getLevel())
                .append(" [")
                .append(event.getThreadName())
                .append("] ")
                .append(event.getLoggerName());
        IThrowableProxy failure = event.getThrowableProxy();
        if (failure instanceof ThrowableProxy proxy) {
            line.append(" (").append(ErrorCode.of(proxy.getThrowable())).append(')');
        }
        line.append(" - ").append(plain(event.getFormattedMessage())).append('\n');
        if (failure != null) {
            append(failure, "", true, line, Collections.newSetFromMap(new IdentityHashMap<>()));
        }
        return anonymous.redact(line.toString());
    }

    private static void append(
            IThrowableProxy failure, String before, boolean isLocal, StringBuilder text, Set<IThrowableProxy> seen) {
        if (!seen.add(failure)) {
            return;
        }
        text.append(before)
                .append(failure.getClassName())
                .append(": ")
                .append(isLocal ? message(failure) : code(failure))
                .append('\n');
        StackTraceElementProxy[] frames = failure.getStackTraceElementProxyArray();
        for (int index = 0; index < frames.length - failure.getCommonFrames(); index++) {
            text.append('\t').append(frames[index].getSTEAsString()).append('\n');
        }
        boolean isBelowLocal = isLocal && !isOfStorage(failure);
        for (IThrowableProxy suppressed : failure.getSuppressed()) {
            append(suppressed, "Suppressed: ", isBelowLocal, text, seen);
        }
        if (failure.getCause() != null) {
            append(failure.getCause(), "Caused by: ", isBelowLocal, text, seen);
        }
    }

    /**
     * Returns whether the messages of this failure's causes can contain text of a server or names of hosts and buckets.
     */
    private static boolean isOfStorage(IThrowableProxy failure) {
        return failure instanceof ThrowableProxy proxy
                && (proxy.getThrowable() instanceof StorageException || proxy.getThrowable() instanceof SyncException);
    }

    private static String message(IThrowableProxy failure) {
        boolean isQuoted = failure.getClassName().startsWith("java.net.")
                || (failure instanceof ThrowableProxy proxy && isShownToUsers(proxy.getThrowable()));
        return isQuoted ? code(failure) : plain(String.valueOf(failure.getMessage()));
    }

    private static boolean isShownToUsers(Throwable failure) {
        return failure instanceof ProblemException
                || (failure instanceof TidemarkException && !(failure instanceof Database.OpenException));
    }

    private static String code(IThrowableProxy failure) {
        return failure instanceof ThrowableProxy proxy ? ErrorCode.of(proxy.getThrowable()) : "";
    }

    private static String plain(String message) {
        String cut = message.length() > MAX_LENGTH ? message.substring(0, MAX_LENGTH) + "…" : message;
        return BREAKS.matcher(cut).replaceAll(" ");
    }
}
