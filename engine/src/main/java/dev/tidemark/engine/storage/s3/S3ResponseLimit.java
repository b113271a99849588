package dev.tidemark.engine.storage.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * Truncates answers other than objects after {@link #MAX_BYTES}, because the SDK reads such answers into memory as a
 * whole. Valid listings and errors are shorter. A truncated answer is invalid XML, and is reported as an answer that is
 * not from S3. Objects have other limits. Thread-safe.
 */
final class S3ResponseLimit implements ExecutionInterceptor {
    /**
     * The maximal size of an answer in bytes. It is more than a page of 1,000 objects with names of up to 1,024 bytes
     * needs.
     */
    static final long MAX_BYTES = 8L << 20;

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        boolean isObject = context.request() instanceof GetObjectRequest
                && context.httpResponse().isSuccessful();
        return isObject ? context.responseBody() : context.responseBody().map(Limited::new);
    }

    private static final class Limited extends FilterInputStream {
        private long left = MAX_BYTES;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = left > 0 ? super.read() : -1;
            left--;
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left <= 0 && length > 0) {
                return -1;
            }
            int read = super.read(bytes, offset, (int) Math.min(left, length));
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
