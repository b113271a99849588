package dev.tidemark.app.preferences;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lists providers of S3 storage with their server names. The names are not translated. */
enum StorageProvider {
    AMAZON("Amazon S3", "", "eu-central-1"),
    BACKBLAZE("Backblaze B2", "https://s3.{region}.backblazeb2.com", "eu-central-003"),
    CLOUDFLARE("Cloudflare R2", "https://ACCOUNT.r2.cloudflarestorage.com", "auto"),
    DIGITALOCEAN("DigitalOcean Spaces", "https://{region}.digitaloceanspaces.com", "fra1"),
    HETZNER("Hetzner", "https://{region}.your-objectstorage.com", "fsn1"),
    OVH("OVHcloud", "https://s3.{region}.io.cloud.ovh.net", "gra"),
    SCALEWAY("Scaleway", "https://s3.{region}.scw.cloud", "fr-par"),
    WASABI("Wasabi", "https://s3.{region}.wasabisys.com", "eu-central-1"),
    MINIO("MinIO", "http://localhost:9000", "us-east-1"),
    OTHER("", "https://", "");

    private static final String REGION = "{region}";

    private final String displayName;
    private final String pattern;
    private final String region;

    StorageProvider(String displayName, String pattern, String region) {
        this.displayName = displayName;
        this.pattern = pattern;
        this.region = region;
    }

    /** The name of the provider; empty for {@link #OTHER}. */
    String displayName() {
        return displayName;
    }

    String region() {
        return region;
    }

    /** Whether the server name depends on the region. */
    boolean dependsOnRegion() {
        return pattern.contains(REGION) || this == AMAZON;
    }

    /** Returns the server name for a region; empty for Amazon, whose server needs no name. */
    String endpoint(String forRegion) {
        return pattern.replace(REGION, forRegion.isBlank() ? region : forRegion.strip());
    }

    /** Returns the provider of a server; {@link #OTHER} if the server is not known. */
    static StorageProvider of(@Nullable String endpoint) {
        if (endpoint == null || endpoint.isBlank() || endpoint.endsWith(".amazonaws.com")) {
            return AMAZON;
        }
        for (StorageProvider provider : values()) {
            if (provider != AMAZON && provider != OTHER && provider.matches(endpoint)) {
                return provider;
            }
        }
        return OTHER;
    }

    private boolean matches(String endpoint) {
        if (this == MINIO) {
            return endpoint.endsWith(":9000");
        }
        String quoted = Pattern.quote(pattern.replace("ACCOUNT", REGION)).replace(REGION, "\\E[^/]+?\\Q");
        Matcher matcher = Pattern.compile(quoted).matcher(endpoint);
        return matcher.matches();
    }
}
