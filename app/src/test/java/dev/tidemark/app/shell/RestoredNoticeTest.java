package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.backup.Backups;
import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.proof.Proof;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The window says that a planned restore was done, where the library before it is, and which attachments are missing. */
@ExtendWith(KeptLanguage.class)
class RestoredNoticeTest {
    @TempDir
    private Path folder;

    @Proof
    @Test
    void aRestoreIsReportedOnceWithTheNumberOfMissingAttachments() throws Exception {
        ProfileFolders folders = ProfileFolders.below(folder);
        try (AppContext first = AppContext.of(folders)) {
            Items items = new Items(first.database());
            UUID milk = items.add(NewItem.todo("Buy milk"));
            var receipt = first.database().blobs().add(new ByteArrayInputStream(new byte[] {1}));
            items.inTransaction(writer -> writer.attach(milk, "receipt", receipt, 1));
            Backups backups = new Backups(folders, first.clock());
            backups.plan(backups.create(first.database()));
            Files.writeString(backups.attachments().resolve(receipt.hex()), "damaged, with its linked blob");
        }
        AppContext second = AppContext.of(folders);
        second.restorePlannedBackup();
        try (OpenWindow open = OpenWindow.on(second, Theme.LIGHT)) {
            Screen screen = open.screen();
            screen.await("it is reported", () -> screen.shows("error-notice"));
            assertThat(String.join(" ", screen.texts("error-notice")))
                    .contains("The backup was restored", "One attachment of the backup is missing or damaged");
            assertThat(second.takeRestored()).isEmpty();
        }
    }
}
