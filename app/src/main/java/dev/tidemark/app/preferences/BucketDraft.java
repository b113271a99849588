package dev.tidemark.app.preferences;

import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.app.settings.SyncTarget;
import dev.tidemark.app.settings.TriState;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.StorageProbe;
import dev.tidemark.engine.storage.StorageUrl;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/**
 * Holds the typed values of the bucket form until they are saved. The address of the bucket and the fields for the
 * parts of the address update each other. Belongs to the JavaFX thread.
 */
final class BucketDraft {
    /**
     * An invalid value.
     *
     * @param setting the field with the value; {@code null} for the address
     * @param sentence the error message
     */
    record ValidationError(StorageProbe.@Nullable Setting setting, String sentence) {}

    final StringProperty address = new SimpleStringProperty("");
    final StringProperty bucket = new SimpleStringProperty("");
    final StringProperty prefix = new SimpleStringProperty("");
    final StringProperty endpoint = new SimpleStringProperty("");
    final StringProperty region = new SimpleStringProperty("");
    final StringProperty accessKey = new SimpleStringProperty("");
    /** The typed secret key. Empty to use the stored key. */
    final StringProperty secretKey = new SimpleStringProperty("");

    final ObjectProperty<StorageProvider> provider = new SimpleObjectProperty<>(StorageProvider.AMAZON);
    final ObjectProperty<TriState> pathStyle = new SimpleObjectProperty<>(TriState.AUTO);
    final ObjectProperty<TriState> compatibility = new SimpleObjectProperty<>(TriState.AUTO);
    private final ReadOnlyObjectWrapper<@Nullable ValidationError> error = new ReadOnlyObjectWrapper<>();
    private StorageUrl.@Nullable Bucket url;
    private boolean following;

    BucketDraft() {
        address.subscribe(() -> follow(this::readAddress));
        bucket.subscribe(() -> follow(this::writeAddress));
        prefix.subscribe(() -> follow(this::writeAddress));
        endpoint.subscribe(() -> follow(() -> {
            provider.set(StorageProvider.of(endpoint.get()));
            writeAddress();
        }));
        region.subscribe(() -> follow(() -> {
            StorageProvider known = provider.get();
            if (known.dependsOnRegion()) {
                endpoint.set(known.endpoint(region.get()));
            }
            writeAddress();
        }));
    }

    /** Adds a listener that is called for each change of a field, even to an invalid value. */
    void listen(Runnable changed) {
        Stream.<ObservableValue<?>>of(
                        address, bucket, prefix, endpoint, region, accessKey, secretKey, pathStyle, compatibility)
                .forEach(part -> part.subscribe((before, now) -> changed.run()));
    }

    /** Runs a change. Does nothing while another change is running, so that fields do not update each other forever. */
    private void follow(Runnable change) {
        if (!following) {
            following = true;
            try {
                change.run();
            } finally {
                following = false;
            }
        }
    }

    private void readAddress() {
        try {
            if (StorageUrl.parse(address.get()) instanceof StorageUrl.Bucket read) {
                url = read;
                error.set(null);
                fill(read);
                return;
            }
            url = null;
            error.set(null);
        } catch (StorageException e) {
            url = null;
            error.set(
                    address.get().isBlank()
                            ? null
                            : new ValidationError(StorageProbe.Setting.of(e).orElse(null), ErrorMessages.of(e)));
        }
    }

    private void fill(StorageUrl.Bucket read) {
        bucket.set(read.bucket());
        prefix.set(read.prefix());
        endpoint.set(Objects.requireNonNullElse(read.endpoint(), ""));
        region.set(Objects.requireNonNullElse(read.region(), ""));
        provider.set(StorageProvider.of(read.endpoint()));
    }

    private void writeAddress() {
        try {
            url = new StorageUrl.Bucket(bucket.get(), prefix.get(), endpoint.get(), region.get());
            address.set(url.text());
            error.set(null);
        } catch (StorageException e) {
            url = null;
            // Does not mark an empty bucket field, because the user may not have typed the bucket yet.
            error.set(
                    bucket.get().isBlank()
                            ? null
                            : new ValidationError(StorageProbe.Setting.of(e).orElse(null), ErrorMessages.of(e)));
        }
    }

    void show(Settings settings) {
        settings.syncBucket()
                .ifPresent(stored -> follow(() -> {
                    url = stored;
                    address.set(stored.text());
                    fill(stored);
                    error.set(null);
                }));
        accessKey.set(settings.get(Setting.SYNC_S3_ACCESS_KEY));
        pathStyle.set(settings.get(Setting.SYNC_S3_PATH_STYLE));
        compatibility.set(settings.get(Setting.SYNC_S3_COMPATIBILITY));
    }

    /** Fills in the server and the default region of a provider. */
    void choose(StorageProvider chosen) {
        follow(() -> {
            provider.set(chosen);
            region.set(chosen.region());
            endpoint.set(chosen.endpoint(chosen.region()));
            writeAddress();
        });
    }

    Optional<StorageUrl.Bucket> url() {
        return Optional.ofNullable(url);
    }

    /**
     * Returns a settings change with the typed values, which throws a {@link dev.tidemark.app.model.ProblemException}
     * if a value is not allowed.
     */
    UnaryOperator<Settings> typed() {
        String changedUrl = url().map(StorageUrl::text).orElse("");
        String key = accessKey.get().strip();
        String inPath = Setting.SYNC_S3_PATH_STYLE.text(pathStyle.get());
        String compatible = Setting.SYNC_S3_COMPATIBILITY.text(compatibility.get());
        return before -> (changedUrl.isEmpty() ? before : before.with(Setting.SYNC_URL, changedUrl))
                .with(Setting.SYNC_S3_ACCESS_KEY, key.isEmpty() ? "none" : key)
                .with(Setting.SYNC_S3_PATH_STYLE, inPath)
                .with(Setting.SYNC_S3_COMPATIBILITY, compatible);
    }

    boolean differsFrom(Settings stored) {
        return !url().equals(stored.syncBucket())
                || stored.get(Setting.SYNC_TARGET) != SyncTarget.S3
                || !accessKey.get().strip().equals(stored.get(Setting.SYNC_S3_ACCESS_KEY))
                || pathStyle.get() != stored.get(Setting.SYNC_S3_PATH_STYLE)
                || compatibility.get() != stored.get(Setting.SYNC_S3_COMPATIBILITY);
    }

    /** The invalid value; {@code null} if all values are valid or the form is still empty. */
    ReadOnlyObjectProperty<@Nullable ValidationError> errorProperty() {
        return error.getReadOnlyProperty();
    }
}
