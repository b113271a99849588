package dev.tidemark.app.preferences;

import dev.tidemark.app.fx.SegmentedControl;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.remote.RemoteConfig;
import dev.tidemark.app.settings.TriState;
import dev.tidemark.engine.storage.StorageProbe;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Shows the fields of a bucket and its keys. Marks the field that has an error. */
final class BucketForm extends VBox {
    private final PreferencesViewModel model;
    private final BucketDraft draft;
    private final Map<StorageProbe.Setting, SettingsRow> rows = new EnumMap<>(StorageProbe.Setting.class);
    private final SettingsRow addressRow;
    private final Button provider;
    private final PasswordField secret;

    BucketForm(PreferencesViewModel model) {
        this.model = model;
        draft = model.bucket();
        getStyleClass().add(Styles.SETTINGS_GROUP);
        provider = Fields.menu(
                "settings-s3-provider",
                Keys.SETTINGS_S3_PROVIDER,
                List.of(StorageProvider.values()),
                BucketForm::name,
                draft::choose);
        draft.provider.subscribe(chosen -> provider.setText(name(chosen)));
        TextField address = Fields.text(
                "settings-s3-address",
                Keys.SETTINGS_S3_ADDRESS,
                "s3://bucket/prefix?endpoint=…&region=…",
                draft.address);
        addressRow = new SettingsRow(Keys.SETTINGS_S3_ADDRESS, Keys.SETTINGS_S3_ADDRESS_HINT, address);
        secret = Fields.secret("settings-s3-secret-key", Keys.SETTINGS_S3_SECRET_KEY);
        secret.textProperty().bindBidirectional(draft.secretKey);
        getChildren()
                .setAll(
                        new SettingsRow(Keys.SETTINGS_S3_PROVIDER, Keys.SETTINGS_S3_PROVIDER_HINT, provider),
                        addressRow,
                        text(Keys.SETTINGS_S3_BUCKET, Keys.SETTINGS_S3_BUCKET_HINT, draft.bucket),
                        text(Keys.SETTINGS_S3_PREFIX, Keys.SETTINGS_S3_PREFIX_HINT, draft.prefix),
                        text(Keys.SETTINGS_S3_REGION, Keys.SETTINGS_S3_REGION_HINT, draft.region),
                        text(Keys.SETTINGS_S3_ENDPOINT, Keys.SETTINGS_S3_ENDPOINT_HINT, draft.endpoint),
                        text(Keys.SETTINGS_S3_ACCESS_KEY, Keys.SETTINGS_S3_ACCESS_KEY_HINT, draft.accessKey),
                        createRow(Keys.SETTINGS_S3_SECRET_KEY, Keys.SETTINGS_SECRET_KEYCHAIN, secret),
                        choice(Keys.SETTINGS_S3_PATH_STYLE, Keys.SETTINGS_S3_PATH_STYLE_HINT, draft.pathStyle),
                        choice(
                                Keys.SETTINGS_S3_COMPATIBILITY,
                                Keys.SETTINGS_S3_COMPATIBILITY_HINT,
                                draft.compatibility));
        bind();
    }

    private void bind() {
        draft.errorProperty().subscribe(mistake -> mark());
        model.test().reportProperty().subscribe(report -> mark());
        model.secretKeptProperty()
                .subscribe(isStored ->
                        secret.setPromptText(isStored ? Messages.text(Keys.SETTINGS_S3_SECRET_KEY_KEPT) : ""));
        model.secretLocationProperty().subscribe(place -> mark());
        draft.address.subscribe(text -> mark());
        model.encryption().wantedProperty().subscribe(wanted -> mark());
    }

    private SettingsRow text(String key, String hint, StringProperty value) {
        return createRow(key, hint, Fields.text(id(key), key, "", value));
    }

    private SettingsRow choice(String key, String hint, ObjectProperty<TriState> value) {
        SegmentedControl<TriState> bar = Fields.choice(
                id(key),
                key,
                TriState.values(),
                value::set,
                Keys.SETTINGS_S3_AUTO,
                Keys.SETTINGS_S3_ON,
                Keys.SETTINGS_S3_OFF);
        value.subscribe(bar::select);
        return createRow(key, hint, bar);
    }

    private static String id(String key) {
        return key.replace('.', '-');
    }

    /**
     * Creates a row and registers the row under the {@link StorageProbe.Setting} that the key names, such as {@code
     * ACCESS_KEY} for {@code settings.s3.access-key}.
     *
     * @param key the key of the name in the text bundle
     * @param hint the key of the hint in the text bundle
     */
    private SettingsRow createRow(String key, String hint, Node control) {
        SettingsRow row = new SettingsRow(key, hint, control);
        row.hint().setId(id(key) + "-hint");
        String setting = key.substring(key.lastIndexOf('.') + 1).replace('-', '_');
        rows.put(StorageProbe.Setting.valueOf(setting.toUpperCase(Locale.ROOT)), row);
        return row;
    }

    /** Shows the error or warning of each field. A field without one shows its hint. */
    private void mark() {
        BucketDraft.ValidationError mistake = draft.errorProperty().get();
        StorageProbe.Setting wrong = mistake == null ? null : mistake.setting();
        String sentence = mistake == null ? null : mistake.sentence();
        StorageProbe.Report report = model.test().reportProperty().get();
        if (mistake == null && report != null) {
            wrong = report.failure().flatMap(StorageProbe.StepResult::setting).orElse(null);
            sentence = wrong == null ? null : Messages.text(Keys.SETTINGS_S3_LOOK_HERE);
        }
        @Nullable
        String open = draft.url()
                .flatMap(url -> RemoteConfig.transportWarning(
                        url, model.encryption().wantedProperty().get()))
                .map(ErrorMessages::of)
                .orElse(null);
        for (Map.Entry<StorageProbe.Setting, SettingsRow> row : rows.entrySet()) {
            boolean isWrong = row.getKey() == wrong;
            String warning = row.getKey() == StorageProbe.Setting.ENDPOINT ? open : null;
            if (row.getKey() == StorageProbe.Setting.SECRET_KEY) {
                row.getValue().setDefaultHint(model.secretLocationProperty().get());
            }
            row.getValue().mark(isWrong ? sentence : warning, isWrong);
        }
        addressRow.mark(mistake != null && wrong == null ? sentence : null, true);
    }

    private static String name(StorageProvider provider) {
        return provider == StorageProvider.OTHER
                ? Messages.text(Keys.SETTINGS_S3_PROVIDER_OTHER)
                : provider.displayName();
    }
}
