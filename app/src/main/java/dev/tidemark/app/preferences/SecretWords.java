package dev.tidemark.app.preferences;

import dev.tidemark.app.secrets.Secret;
import dev.tidemark.app.secrets.SecretPlace;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Texts;

/** Says where a secret is kept. */
final class SecretWords {
    private SecretWords() {}

    static String of(SecretPlace place, Secret secret) {
        return switch (place) {
            case KEYCHAIN -> Texts.text(Keys.SETTINGS_SECRET_KEYCHAIN);
            case MEMORY -> Texts.text(Keys.SETTINGS_SECRET_MEMORY);
            case ENVIRONMENT ->
                Texts.text(Keys.SETTINGS_SECRET_ENVIRONMENT, secret.variable().orElse(""));
        };
    }
}
