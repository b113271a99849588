package dev.tidemark.app.shell;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.secrets.Secrets;
import dev.tidemark.app.secrets.SystemKeychain;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.blob.BlobId;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Creates a realistic library for screenshots: synced through a folder, a few days old. Its clock is fixed, so the
 * screenshots do not depend on the day.
 */
final class PictureLibrary {
    /** A Wednesday. */
    static final LocalDateTime NOW = LocalDateTime.of(2026, 6, 17, 9, 41);

    static final String WALL = "Garden wall";

    private volatile Instant time = now();

    /** The time that the clock has stopped at. */
    static Instant now() {
        return NOW.atZone(ZoneId.systemDefault()).toInstant();
    }

    /** The parts of a profile with the library's clock. */
    AppContext context(Path profile, String device) {
        ProfileFolders folders = ProfileFolders.below(profile);
        AppContext context = AppContext.of(
                folders, new Secrets(SystemKeychain.of(folders.data(), System.getenv()), System.getenv()), () -> time);
        context.set(Setting.DEVICE_NAME, device);
        return context;
    }

    /** A new, empty folder in the home folder that tests have to themselves: pictures show it as {@code ~}. */
    static Path folder(String name) throws IOException {
        Path folder = Path.of(System.getProperty("user.home"), name).toAbsolutePath();
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> {
                    if (!file.delete()) {
                        throw new IllegalStateException("Cannot delete " + file);
                    }
                });
            }
        }
        return Files.createDirectories(folder);
    }

    /** Fills the profile and syncs it; returns the item that most pictures show. */
    UUID fill(AppContext laptop) throws Exception {
        Database database = laptop.database();
        time = now().minus(Duration.ofDays(5));
        Items items = new Items(database);
        LocalDate today = NOW.toLocalDate();
        for (String done : List.of("Renew the passport", "Order lime mortar", "Book the dentist")) {
            items.setDone(items.add(NewItem.todo(done)), true);
            time = time.plus(Duration.ofHours(7));
        }
        UUID figures = items.add(NewItem.todo("Prepare the slides for Mirjam").withDue(new Due(today.minusDays(1))));
        items.setDone(figures, true);
        items.trash(items.add(NewItem.note("Draft of the speech").withBody("Dear all, thank you for coming.")));
        items.trash(items.add(NewItem.todo("Cancel the gym membership").withDue(new Due(today.minusDays(6)))));
        addWall(database, items);
        time = now().minus(Duration.ofHours(20));
        UUID dinner = SampleLibrary.fill(database, today);
        UUID home = list(database, "Home");
        UUID tiles = items.add(NewItem.todo("Descale the kettle").inList(home));
        items.setDone(tiles, true);
        time = now();
        laptop.set(Setting.SYNC_FOLDER, folder("Syncthing").toString());
        laptop.sync().syncNow().get();
        return dinner;
    }

    static UUID list(Database database, String name) {
        return database.read(reader -> Lists.find(reader, name)).orElseThrow();
    }

    private static void addWall(Database database, Items items) throws IOException {
        UUID wall = items.add(NewItem.note(WALL).withTags(List.of("garden")).withBody("""
            Dry stone at the bottom, lime mortar above. See [the county's advice](https://example.org/walls).

            ![Plan of the wall](wall.png)

            1. Dig **40 cm** deep
            2. Lay the largest stones first

            - [x] Order lime mortar
            - [ ] Ask *Jonas* for the drill

            ```
            stones = length * height * 18
            mortar = stones * 0.8 kg
            ```
            """));
        byte[] png = plan();
        BlobId plan = database.blobs().add(new ByteArrayInputStream(png));
        items.inTransaction(writer -> writer.attach(wall, "wall.png", plan, png.length));
    }

    /** A drawing of a wall with courses of stones. */
    private static byte[] plan() throws IOException {
        BufferedImage image = new BufferedImage(640, 200, BufferedImage.TYPE_INT_RGB);
        Graphics2D draw = image.createGraphics();
        draw.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        draw.setColor(new Color(0xeef2ec));
        draw.fillRect(0, 0, 640, 200);
        draw.setColor(new Color(0xc9d8bd));
        draw.fillRect(0, 172, 640, 28);
        draw.setStroke(new BasicStroke(2));
        for (int course = 0; course < 4; course++) {
            int x = 48;
            for (int stone = 0; x < 590; stone++) {
                int wanted = 44 + (stone * 37 + course * 53) % 46;
                int width = x + wanted > 560 ? 592 - x : wanted;
                int shade = 178 + (stone * 29 + course * 17) % 40;
                draw.setColor(new Color(shade, shade - 8, shade - 20));
                draw.fillRoundRect(x, 148 - course * 34, width - 4, 30, 12, 12);
                draw.setColor(new Color(0x6f675c));
                draw.drawRoundRect(x, 148 - course * 34, width - 4, 30, 12, 12);
                x += width;
            }
        }
        draw.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    /** Another device edits a title and a text without having seen what this one writes next. */
    void editApart(AppContext laptop, UUID item, Path place) throws Exception {
        Path folder = laptop.settings().read().get(Setting.SYNC_FOLDER).orElseThrow();
        try (AppContext phone = context(place.resolve("phone"), "Phone")) {
            phone.set(Setting.SYNC_FOLDER, folder.toString());
            phone.sync().syncNow().get();
            phone.set(Setting.SYNC_TARGET, "off");
            time = now().minus(Duration.ofMinutes(25));
            Items there = new Items(phone.database());
            there.setTitle(item, "Plan the birthday dinner at Rosa's");
            new Lists(phone.database()).rename(list(phone.database(), "Lisbon trip"), "Lisbon and Porto");
            time = now().minus(Duration.ofMinutes(4));
            Items here = new Items(laptop.database());
            here.setTitle(item, "Plan Rosa's birthday dinner");
            new Lists(laptop.database()).rename(list(laptop.database(), "Lisbon trip"), "Portugal");
            time = now();
            phone.set(Setting.SYNC_TARGET, "folder");
            phone.sync().syncNow().get();
        }
        laptop.sync().syncNow().get();
    }

    /** Waits until the window has no change left to sync. */
    static void awaitSynced(OpenWindow window) {
        Screen screen = window.screen();
        screen.await(
                "it is synced",
                () -> window.window().sync().stateProperty().get().lastSuccess() != null
                        && window.window().sync().stateProperty().get().pending() == 0
                        && !window.window().sync().stateProperty().get().running());
    }
}
