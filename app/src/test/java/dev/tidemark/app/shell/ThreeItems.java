package dev.tidemark.app.shell;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.engine.Database;
import java.util.List;
import java.util.UUID;

/**
 * Creates three items in the Inbox, shown in the order Three, Two, One. One has the tag red.
 *
 * @param home an empty list
 */
public record ThreeItems(UUID home, UUID one, UUID two, UUID three) {
    public static ThreeItems in(OpenWindow open) {
        Database database = open.composition().database();
        UUID home = new Lists(database).add("Home");
        Items items = new Items(database);
        UUID one = items.add(NewItem.todo("One").withTags(List.of("red")));
        UUID two = items.add(NewItem.todo("Two"));
        UUID three = items.add(NewItem.todo("Three"));
        Screen screen = open.screen();
        screen.await("the items are there", () -> screen.rows().equals(List.of("Three", "Two", "One")));
        return new ThreeItems(home, one, two, three);
    }
}
