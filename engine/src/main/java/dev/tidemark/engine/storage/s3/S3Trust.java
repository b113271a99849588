package dev.tidemark.engine.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trusts the certificate authorities that Java or this computer trusts. A server at home often has a certificate of a
 * private authority, which the computer trusts but this program's Java does not.
 */
final class S3Trust {
    private static final Logger LOG = LoggerFactory.getLogger(S3Trust.class);

    /** The files in which some systems have all certificates. Each system has one of them. */
    private static final List<Path> BUNDLES = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/ca-bundle.pem"),
            Path.of("/etc/ssl/cert.pem"));

    private S3Trust() {}

    /**
     * Returns the files with the certificates that this computer trusts. As in OpenSSL, {@code SSL_CERT_FILE} replaces
     * them.
     */
    static List<Path> bundles() {
        String named = System.getenv("SSL_CERT_FILE");
        return named != null && !named.isBlank()
                ? List.of(Path.of(named))
                : BUNDLES.stream().filter(Files::isReadable).limit(1).toList();
    }

    static TrustManager[] managers(List<Path> bundles) {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (TrustManager defaultManager : factory(null).getTrustManagers()) {
                if (defaultManager instanceof X509TrustManager manager) {
                    add(trusted, Stream.of(manager.getAcceptedIssuers()));
                }
            }
            bundles.forEach(bundle -> add(trusted, read(bundle)));
            add(trusted, ofSystem());
            return factory(trusted).getTrustManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("A store of certificates cannot be made in memory", e);
        }
    }

    private static TrustManagerFactory factory(@Nullable KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory;
    }

    private static void add(KeyStore trusted, Stream<? extends Certificate> certificates) {
        certificates.forEach(certificate -> {
            try {
                trusted.setCertificateEntry("trusted-" + trusted.size(), certificate);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("A certificate cannot be kept in memory", e);
            }
        });
    }

    private static Stream<? extends Certificate> read(Path bundle) {
        try (InputStream content = Files.newInputStream(bundle)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(content).stream();
        } catch (GeneralSecurityException | IOException e) {
            LOG.warn("The certificates in {} cannot be read, so they are not trusted: {}", bundle, e.toString());
            return Stream.empty();
        }
    }

    /** Reads the certificates of Windows or macOS, which have them in a key store of the system. */
    private static Stream<X509Certificate> ofSystem() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String type =
                system.startsWith("windows") ? "Windows-ROOT" : system.startsWith("mac") ? "KeychainStore-ROOT" : "";
        if (type.isEmpty()) {
            return Stream.empty();
        }
        try {
            KeyStore known = KeyStore.getInstance(type);
            known.load(null, null);
            return Collections.list(known.aliases()).stream()
                    .map(alias -> certificate(known, alias))
                    .filter(Objects::nonNull);
        } catch (GeneralSecurityException | IOException e) {
            LOG.warn("The certificates of this system cannot be read, so they are not trusted: {}", e.toString());
            return Stream.empty();
        }
    }

    private static @Nullable X509Certificate certificate(KeyStore known, String alias) {
        try {
            return known.getCertificate(alias) instanceof X509Certificate certificate ? certificate : null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A store that was loaded can be read", e);
        }
    }
}
