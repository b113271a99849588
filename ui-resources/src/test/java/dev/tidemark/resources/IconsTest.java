package dev.tidemark.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each icon has one meaning. */
class IconsTest {
    @Test
    void eachMeansOneThing() throws IllegalAccessException {
        Map<String, String> meanings = new HashMap<>();
        for (Field field : Icons.class.getFields()) {
            String before = meanings.put((String) field.get(null), field.getName());
            assertThat(before)
                    .as("another meaning of the icon of " + field.getName())
                    .isNull();
        }
    }
}
