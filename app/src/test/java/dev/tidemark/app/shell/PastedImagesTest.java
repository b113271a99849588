package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.ExternalDrag;
import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.engine.Database;
import dev.tidemark.proof.Proof;
import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javafx.scene.Node;
import javafx.scene.image.ImageView;
import javafx.scene.image.WritableImage;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.input.KeyCode;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Pictures from the clipboard and from other programs are added to an item in the real window. */
@ExtendWith(KeptLanguage.class)
class PastedImagesTest {
    @RegisterExtension
    static final SharedWindow WINDOW = new SharedWindow();

    private static final int RED = 0xffcc2200;
    private static final int HALF_BLUE = 0x800000ff;

    @TempDir
    Path folder;

    @BeforeEach
    void speakEnglish() {
        Locale.setDefault(Locale.ENGLISH);
    }

    private static void copy(Map<DataFormat, Object> content) {
        Screen.onScreen(() -> Clipboard.getSystemClipboard().setContent(content));
    }

    private static WritableImage picture() {
        WritableImage picture = new WritableImage(3, 2);
        for (int x = 0; x < 3; x++) {
            picture.getPixelWriter().setArgb(x, 0, RED);
            picture.getPixelWriter().setArgb(x, 1, 0xff00ff00);
        }
        return picture;
    }

    private static Screen openWith(OpenWindow open, UUID[] created, String body) {
        created[0] = new Items(open.composition().database())
                .add(NewItem.todo("Trip").withBody(body));
        Screen screen = open.screen();
        screen.await("it is there", () -> screen.rows().contains("Trip"));
        screen.select("Trip");
        screen.await("it is open", () -> screen.text("detail-title").equals("Trip"));
        return screen;
    }

    private static List<Attachment> attached(Database database, UUID item) {
        return database.list(Attachment.of(item));
    }

    private static String body(Database database, UUID id) {
        return database.list(ItemQueries.item(id)).getFirst().body();
    }

    private static boolean hasThumbnail() {
        return Screen.onScreen(() -> Screen.visible(node -> node instanceof ImageView view
                                && "attachment-thumbnail".equals(view.getId())
                                && view.getImage() != null
                                && view.getImage().getProgress() == 1)
                        .size()
                == 1);
    }

    @Proof
    @Test
    void aPastedPictureIsAttachedAndInsertedAtTheCaret() throws Exception {
        OpenWindow open = WINDOW.open();
        Database database = open.composition().database();
        UUID[] item = new UUID[1];
        Screen screen = openWith(open, item, "Look: here");
        screen.click("detail-body");
        screen.press(KeyCode.CONTROL, KeyCode.HOME);
        screen.press(KeyCode.CONTROL, KeyCode.RIGHT);
        copy(Map.of(DataFormat.IMAGE, picture()));
        screen.press(KeyCode.CONTROL, KeyCode.V);
        screen.await("it is attached", () -> attached(database, item[0]).size() == 1);
        Attachment first = attached(database, item[0]).getFirst();
        assertThat(first.name()).matches("picture-\\d{4}-\\d{2}-\\d{2}-\\d{6}\\.png");
        screen.await("the text shows it", () -> screen.text("detail-body").contains("![](" + first.name() + ")"));
        assertThat(screen.text("detail-body")).startsWith("Look").endsWith("here");
        try (InputStream content = database.blobs().open(first.content())) {
            BufferedImage read = ImageIO.read(content);
            assertThat(List.of(read.getWidth(), read.getHeight(), read.getRGB(0, 0), read.getRGB(2, 1)))
                    .isEqualTo(List.of(3, 2, RED, 0xff00ff00));
        }

        screen.await("its row has a small one", PastedImagesTest::hasThumbnail);

        Screen.onScreen(() -> {
            WritableImage other = picture();
            other.getPixelWriter().setArgb(0, 0, HALF_BLUE);
            return Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.IMAGE, other));
        });
        screen.click("detail-title");
        screen.press(KeyCode.CONTROL, KeyCode.V);
        screen.await("it is attached, too", () -> attached(database, item[0]).size() == 2);
        assertThat(attached(database, item[0]).stream().map(Attachment::name).distinct())
                .hasSize(2);
        assertThat(screen.text("detail-title")).isEqualTo("Trip");
        assertThat(screen.text("detail-body").split("!\\[]", -1)).hasSize(2);
    }

    @Test
    void aPictureWithATextIsPastedAsText() throws Exception {
        OpenWindow open = WINDOW.open();
        Database database = open.composition().database();
        UUID[] item = new UUID[1];
        Screen screen = openWith(open, item, "");
        screen.click("detail-body");
        copy(Map.of(DataFormat.IMAGE, picture(), DataFormat.PLAIN_TEXT, "a table"));
        screen.press(KeyCode.CONTROL, KeyCode.V);
        screen.await("it is there", () -> body(database, item[0]).equals("a table"));
        assertThat(attached(database, item[0])).isEmpty();
    }

    @Proof
    @Test
    void aPictureDroppedOnTheTextIsInsertedAndOtherFilesAreOnlyAttached() throws Exception {
        OpenWindow open = WINDOW.open();
        Database database = open.composition().database();
        UUID[] item = new UUID[1];
        Screen screen = openWith(open, item, "Look: ");
        Path photo = folder.resolve("My photo (1).png");
        ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), "png", photo.toFile());
        Path list = java.nio.file.Files.writeString(folder.resolve("list.csv"), "a;b");
        Node body = Screen.onScreen(
                () -> Screen.visible(node -> "detail-body".equals(node.getId())).getFirst());
        ExternalDrag drag = ExternalDrag.of(List.of(photo.toFile(), list.toFile()));
        assertThat(drag.over(body, 8)).isTrue();
        drag.drop(body, 8);
        screen.await("both are attached", () -> attached(database, item[0]).size() == 2);
        screen.await(
                "the text shows the picture", () -> screen.text("detail-body").equals("Look: ![](<My photo (1).png>)"));
        screen.click("detail-preview-toggle");
        screen.await("it can be seen", () -> screen.shows("preview-image"));
    }
}
