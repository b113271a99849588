package dev.tidemark.engine.storage.s3;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Reads the server's clock from the Date header of its answers. The SDK does not report a wrong clock. After a rejected
 * request it signs further requests with the server's time. Thread-safe.
 */
final class S3Clock implements ExecutionInterceptor {
    private final InstantSource clock;
    private volatile @Nullable Duration ahead;

    /** @param clock this computer's clock */
    S3Clock(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns how far this computer's clock is ahead of the server's; empty if no answer so far had a date. */
    Optional<Duration> ahead() {
        return Optional.ofNullable(ahead);
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        context.httpResponse().firstMatchingHeader("Date").ifPresent(this::read);
    }

    private void read(String date) {
        Instant theirs;
        try {
            theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            // An unreadable date does not change the last known difference.
            return;
        }
        ahead = Duration.between(theirs, clock.instant());
    }
}
