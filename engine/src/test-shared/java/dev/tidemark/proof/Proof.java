package dev.tidemark.proof;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * A test that is too slow for each build: {@code mvn verify} leaves it out, {@code mvn -Pproof verify} runs only such
 * tests. {@code -Dtest} and {@code -Dit.test} run what they name, with or without the annotation.
 */
@Tag("proof")
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Proof {}
