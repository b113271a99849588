/**
 * An embeddable SQLite store with live queries and sync.
 *
 * <p>Packages without an export are internal. A module that lets the engine read or make its records opens their
 * package to it: {@code opens com.example.notes to dev.tidemark.engine}. Buckets need the AWS modules on the module
 * path, and encryption needs those of jagged and {@code org.bouncycastle.provider}; a module that uses encryption
 * requires the latter itself.
 */
@SuppressWarnings("requires-automatic") // msgpack, HdrHistogram, jagged and the AWS SDK have no descriptors
module dev.tidemark.engine {
    requires static transitive org.jspecify;
    requires java.sql;
    requires jdk.net; // needed by the AWS SDK's Apache HTTP client, which has no module descriptor
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;
    requires com.github.luben.zstd_jni;
    requires com.zaxxer.hikari;
    requires tools.jackson.core;
    requires tools.jackson.jr.ob;
    requires msgpack.core;
    requires HdrHistogram;
    requires static com.exceptionfactory.jagged;
    requires static com.exceptionfactory.jagged.bech32;
    requires static com.exceptionfactory.jagged.framework;
    requires static com.exceptionfactory.jagged.x25519;
    requires static org.bouncycastle.provider;
    requires static org.apache.httpcomponents.core5.httpcore5;
    requires static software.amazon.awssdk.auth;
    requires static software.amazon.awssdk.awscore;
    requires static software.amazon.awssdk.core;
    requires static software.amazon.awssdk.http;
    requires static software.amazon.awssdk.http.apache5;
    requires static software.amazon.awssdk.profiles;
    requires static software.amazon.awssdk.regions;
    requires static software.amazon.awssdk.services.s3;

    exports dev.tidemark.engine;
    exports dev.tidemark.engine.blob;
    exports dev.tidemark.engine.changelog;
    exports dev.tidemark.engine.encryption;
    exports dev.tidemark.engine.history;
    exports dev.tidemark.engine.problem;
    exports dev.tidemark.engine.remote;
    exports dev.tidemark.engine.spi;
    exports dev.tidemark.engine.storage;
    exports dev.tidemark.engine.storage.s3;
    exports dev.tidemark.engine.sync;

    uses dev.tidemark.engine.spi.Converter;
}
