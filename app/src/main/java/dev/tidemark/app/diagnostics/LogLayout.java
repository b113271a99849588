package dev.tidemark.app.diagnostics;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.LayoutBase;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.trouble.ErrorCode;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;

/**
 * What a line of the log looks like: when, how bad, on which thread, from where, the {@link ErrorCode} in parentheses if
 * there is one, and what. Sentences that may quote what a person wrote are left out, home folders are {@code ~}.
 */
final class LogLayout extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT)
            .withZone(ZoneId.systemDefault());

    private final Anonymous anonymous = Anonymous.ofSystem();

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
        line.append(" - ").append(event.getFormattedMessage()).append('\n');
        if (failure != null) {
            append(failure, "", line, Collections.newSetFromMap(new IdentityHashMap<>()));
        }
        return anonymous.text(line.toString());
    }

    private static void append(IThrowableProxy failure, String before, StringBuilder text, Set<IThrowableProxy> seen) {
        if (!seen.add(failure)) {
            return;
        }
        text.append(before)
                .append(failure.getClassName())
                .append(": ")
                .append(message(failure))
                .append('\n');
        StackTraceElementProxy[] frames = failure.getStackTraceElementProxyArray();
        for (int index = 0; index < frames.length - failure.getCommonFrames(); index++) {
            text.append('\t').append(frames[index].getSTEAsString()).append('\n');
        }
        for (IThrowableProxy suppressed : failure.getSuppressed()) {
            append(suppressed, "Suppressed: ", text, seen);
        }
        if (failure.getCause() != null) {
            append(failure.getCause(), "Caused by: ", text, seen);
        }
    }

    private static String message(IThrowableProxy failure) {
        return failure instanceof ThrowableProxy proxy && proxy.getThrowable() instanceof ProblemException known
                ? known.key()
                : String.valueOf(failure.getMessage());
    }
}
