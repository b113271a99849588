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
 * Reads the server's clock off its answers. The SDK signs with the right time after a first refusal, so a wrong clock would go
 * unnoticed. Thread-safe.
 */
final class S3Clock implements ExecutionInterceptor {
    private final InstantSource clock;
    private volatile @Nullable Duration ahead;

    /** @param clock this computer's */
    S3Clock(InstantSource clock) {
        this.clock = clock;
    }

    /** How far this computer's clock is ahead; empty if no server has said a time. */
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
            // Then it says nothing about the time, and what was known before stays so.
            return;
        }
        ahead = Duration.between(theirs, clock.instant());
    }
}
