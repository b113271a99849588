package dev.tidemark.app.preferences;

import dev.tidemark.app.fx.SegmentedControl;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.remote.RemoteConfig;
import dev.tidemark.app.settings.TriState;
import dev.tidemark.engine.storage.StorageProbe;
import dev.tidemark.engine.storage.StorageSetting;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** A bucket and its keys, to be typed; marks the field that is wrong. */
final class BucketForm extends VBox {
    private final PreferencesViewModel model;
    private final BucketDraft draft;
    private final Map<StorageSetting, SettingsRow> rows = new EnumMap<>(StorageSetting.class);
    private final SettingsRow addressRow;
    private final Button provider;
    private final PasswordField secret;

    BucketForm(PreferencesViewModel model) {
        this.model = model;
        draft = model.bucket();
        getStyleClass().add(Styles.SETTINGS_GROUP);
        provider = Fields.menu(
                "settings-s3-provider",
                Messages.text(Keys.SETTINGS_S3_PROVIDER),
                List.of(StorageProvider.values()),
                BucketForm::name,
                draft::choose);
        draft.providerProperty().subscribe(chosen -> provider.setText(name(chosen)));
        TextField address = Fields.text(
                "settings-s3-address",
                Messages.text(Keys.SETTINGS_S3_ADDRESS),
                "s3://bucket/prefix?endpoint=…&region=…",
                draft.addressProperty());
        addressRow = new SettingsRow(
                Messages.text(Keys.SETTINGS_S3_ADDRESS), Messages.text(Keys.SETTINGS_S3_ADDRESS_HINT), address);
        secret = Fields.secret("settings-s3-secret-key", Messages.text(Keys.SETTINGS_S3_SECRET_KEY), "");
        secret.textProperty().bindBidirectional(draft.secretKeyProperty());
        getChildren()
                .setAll(
                        new SettingsRow(
                                Messages.text(Keys.SETTINGS_S3_PROVIDER),
                                Messages.text(Keys.SETTINGS_S3_PROVIDER_HINT),
                                provider),
                        addressRow,
                        createRow(
                                StorageSetting.BUCKET,
                                Keys.SETTINGS_S3_BUCKET,
                                Keys.SETTINGS_S3_BUCKET_HINT,
                                text("bucket", Keys.SETTINGS_S3_BUCKET, draft.bucketProperty())),
                        createRow(
                                StorageSetting.PREFIX,
                                Keys.SETTINGS_S3_PREFIX,
                                Keys.SETTINGS_S3_PREFIX_HINT,
                                text("prefix", Keys.SETTINGS_S3_PREFIX, draft.prefixProperty())),
                        createRow(
                                StorageSetting.REGION,
                                Keys.SETTINGS_S3_REGION,
                                Keys.SETTINGS_S3_REGION_HINT,
                                text("region", Keys.SETTINGS_S3_REGION, draft.regionProperty())),
                        createRow(
                                StorageSetting.ENDPOINT,
                                Keys.SETTINGS_S3_ENDPOINT,
                                Keys.SETTINGS_S3_ENDPOINT_HINT,
                                text("endpoint", Keys.SETTINGS_S3_ENDPOINT, draft.endpointProperty())),
                        createRow(
                                StorageSetting.ACCESS_KEY,
                                Keys.SETTINGS_S3_ACCESS_KEY,
                                Keys.SETTINGS_S3_ACCESS_KEY_HINT,
                                text("access-key", Keys.SETTINGS_S3_ACCESS_KEY, draft.accessKeyProperty())),
                        createRow(
                                StorageSetting.SECRET_KEY,
                                Keys.SETTINGS_S3_SECRET_KEY,
                                Keys.SETTINGS_SECRET_KEYCHAIN,
                                secret),
                        createSwitch(
                                StorageSetting.PATH_STYLE,
                                Keys.SETTINGS_S3_PATH_STYLE,
                                Keys.SETTINGS_S3_PATH_STYLE_HINT,
                                draft.pathStyleProperty()),
                        createSwitch(
                                StorageSetting.COMPATIBILITY,
                                Keys.SETTINGS_S3_COMPATIBILITY,
                                Keys.SETTINGS_S3_COMPATIBILITY_HINT,
                                draft.compatibilityProperty()));
        bind();
    }

    private void bind() {
        draft.mistakeProperty().subscribe(mistake -> mark());
        model.test().reportProperty().subscribe(report -> mark());
        model.secretKeptProperty()
                .subscribe(kept -> secret.setPromptText(kept ? Messages.text(Keys.SETTINGS_S3_SECRET_KEY_KEPT) : ""));
        model.secretPlaceProperty().subscribe(place -> mark());
        draft.addressProperty().subscribe(text -> mark());
        model.encryption().wantedProperty().subscribe(wanted -> mark());
    }

    private static TextField text(String id, String key, javafx.beans.property.StringProperty value) {
        return Fields.text("settings-s3-" + id, Messages.text(key), "", value);
    }

    private SettingsRow createRow(StorageSetting setting, String key, String hint, Node control) {
        SettingsRow row = new SettingsRow(Messages.text(key), Messages.text(hint), control);
        row.hint().setId("settings-s3-" + setting.name().toLowerCase(java.util.Locale.ROOT) + "-hint");
        rows.put(setting, row);
        return row;
    }

    private SettingsRow createSwitch(StorageSetting setting, String key, String hint, ObjectProperty<TriState> value) {
        Consumer<TriState> set = value::set;
        SegmentedControl<TriState> bar = new SegmentedControl<TriState>(
                        "settings-s3-" + setting.name().toLowerCase(java.util.Locale.ROOT), Messages.text(key))
                .with(TriState.AUTO, Messages.text(Keys.SETTINGS_S3_AUTO), set)
                .with(TriState.TRUE, Messages.text(Keys.SETTINGS_S3_ON), set)
                .with(TriState.FALSE, Messages.text(Keys.SETTINGS_S3_OFF), set);
        value.subscribe(bar::select);
        return createRow(setting, key, hint, bar);
    }

    /** Says at each field what is wrong with it, and what it is for where nothing is. */
    private void mark() {
        BucketDraft.Mistake mistake = draft.mistakeProperty().get();
        StorageSetting wrong = mistake == null ? null : mistake.setting();
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
        for (Map.Entry<StorageSetting, SettingsRow> row : rows.entrySet()) {
            boolean isWrong = row.getKey() == wrong;
            String warning = row.getKey() == StorageSetting.ENDPOINT ? open : null;
            if (row.getKey() == StorageSetting.SECRET_KEY) {
                row.getValue().setUsual(model.secretPlaceProperty().get());
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
