package dev.tidemark.app.preferences;

import dev.tidemark.app.secrets.Secret;
import dev.tidemark.app.secrets.SecretPlace;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;

/** Describes the storage of a secret in a sentence. */
final class SecretPlaceText {
    private SecretPlaceText() {}

    static String of(SecretPlace place, Secret secret) {
        return switch (place) {
            case KEYCHAIN -> Messages.text(Keys.SETTINGS_SECRET_KEYCHAIN);
            case MEMORY -> Messages.text(Keys.SETTINGS_SECRET_MEMORY);
            case ENVIRONMENT ->
                Messages.text(
                        Keys.SETTINGS_SECRET_ENVIRONMENT, secret.variable().orElse(""));
        };
    }
}
