package dev.tidemark.log;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A test logs an error or a warning with this in its message, and fails if it does not. On a class: its tests may log
 * such errors. {@link LogGuard} checks this.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(ExpectLog.All.class)
public @interface ExpectLog {
    /** A part of the message. */
    String value();

    /** Several. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @interface All {
        ExpectLog[] value();
    }
}
