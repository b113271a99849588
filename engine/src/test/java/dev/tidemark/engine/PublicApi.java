package dev.tidemark.engine;

import java.util.List;

/** Lists the packages of the public API. Adding a package here makes it public. */
final class PublicApi {
    static final String ROOT = "dev.tidemark.engine";

    /** Without their subpackages. */
    static final List<String> PACKAGES = List.of(
            ROOT,
            ROOT + ".blob",
            ROOT + ".changelog",
            ROOT + ".encryption",
            ROOT + ".history",
            ROOT + ".problem",
            ROOT + ".remote",
            ROOT + ".spi",
            ROOT + ".storage",
            ROOT + ".storage.s3",
            ROOT + ".sync");

    /** The types of the root package; a new one has to earn its place, and this list says so in a review. */
    static final int MAX_ROOT_TYPES = 19;

    private PublicApi() {}
}
