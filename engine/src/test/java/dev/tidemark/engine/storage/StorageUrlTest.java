package dev.tidemark.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageUrlTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        s3://notes                                          | s3://notes
        s3://notes/                                         | s3://notes
        S3://notes//tide/mark/                              | s3://notes/tide/mark
        s3://notes/my notes/ä                               | s3://notes/my%20notes/%C3%A4
        s3://notes/my%20notes/a%2Bb+c                       | s3://notes/my%20notes/a+b+c
        s3://notes/100%25                                   | s3://notes/100%25
        s3://notes/a%3Fb%23c                                | s3://notes/a%3Fb%23c
        s3://notes?region=eu-central-1                      | s3://notes?region=eu-central-1
        s3://notes/p?region=r-1&endpoint=https%3A%2F%2Fs3.example.org | s3://notes/p?endpoint=https://s3.example.org&region=r-1
        s3://notes/p?endpoint=S3.Example.org:443/           | s3://notes/p?endpoint=https://s3.example.org
        s3://notes/p?endpoint=http://nas.local:9000         | s3://notes/p?endpoint=http://nas.local:9000
        s3://notes/p?endpoint=http://[::1]:9000             | s3://notes/p?endpoint=http://%5B::1%5D:9000
        s3://notes/p?endpoint=https://x.example/storage/v1/s3/&region= | s3://notes/p?endpoint=https://x.example/storage/v1/s3
        """)
    void hasOneFormForOneBucket(String written, String canonical) {
        StorageUrl url = StorageUrl.parse(written);
        assertThat(url.text()).isEqualTo(canonical);
        assertThat(StorageUrl.parse(canonical)).isEqualTo(url);
        assertThat(url).hasToString(canonical);
    }

    @Test
    void givesTheParts() {
        StorageUrl.Bucket place = (StorageUrl.Bucket)
                StorageUrl.parse(" s3://My_Bucket.1/a b/c?endpoint=http://192.168.1.2:9000&region=garage ");
        assertThat(place)
                .isEqualTo(new StorageUrl.Bucket("My_Bucket.1", "/a b/c/", "http://192.168.1.2:9000/", "garage"));
        assertThat(place.prefix()).isEqualTo("a b/c");
        assertThat(place.isPlainHttp()).isTrue();
        assertThat(place.in("other").region()).isEqualTo("other");
        assertThat(((StorageUrl.Bucket) StorageUrl.parse("s3://notes")).isPlainHttp())
                .isFalse();
    }

    @Test
    void thePlaceIsTheSameWhateverRegionIsNamed() {
        assertThat(StorageUrl.parse("s3://notes/p?region=eu-west-1").location())
                .isEqualTo(StorageUrl.parse("s3://notes/p").location());
        assertThat(StorageUrl.parse("s3://notes/p").location())
                .isNotEqualTo(
                        StorageUrl.parse("s3://notes/p?endpoint=s3.example.org").location());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        s3://AKIA:hidden@notes/p                     | STORAGE_URL_CREDENTIALS
        s3://hidden@notes                            | STORAGE_URL_CREDENTIALS
        s3://notes?secret=hidden                     | STORAGE_URL_CREDENTIALS
        s3://notes?region=r&access-key=hidden        | STORAGE_URL_CREDENTIALS
        s3://notes?X-Amz-Signature=hidden            | STORAGE_URL_CREDENTIALS
        s3://notes?endpoint=https://a:hidden@host    | STORAGE_URL_CREDENTIALS
        s3://notes?endpoint=https%3A%2F%2Fa%3Ahidden%40host | STORAGE_URL_CREDENTIALS
        https://ann:hidden@s3.example.org/notes      | STORAGE_URL_CREDENTIALS
        file://ann:hidden@nas/share                  | STORAGE_URL_CREDENTIALS
        s3://notes?path-style=true                   | STORAGE_URL_PARAMETER
        s3://notes?compatibility                     | STORAGE_URL_PARAMETER
        s3://notes/%2                                | STORAGE_URL_ENCODING
        s3://notes/%zz                               | STORAGE_URL_ENCODING
        s3://notes/%ff                               | STORAGE_URL_ENCODING
        s3://                                        | STORAGE_BUCKET_NAME
        s3:///prefix                                 | STORAGE_BUCKET_NAME
        s3://a                                       | STORAGE_BUCKET_NAME
        s3://my bucket                               | STORAGE_BUCKET_NAME
        s3://notes/a//b                              | STORAGE_PREFIX_NAME
        s3://notes/../b                              | STORAGE_PREFIX_NAME
        s3://notes/a%00b                             | STORAGE_PREFIX_NAME
        s3://notes#x                                 | STORAGE_URL_MALFORMED
        s3:notes                                     | STORAGE_URL_MALFORMED
        s3://notes?region=eu central                 | STORAGE_REGION_NAME
        s3://notes?endpoint=ftp://host               | STORAGE_ENDPOINT_MALFORMED
        s3://notes?endpoint=https://                 | STORAGE_ENDPOINT_MALFORMED
        s3://notes?endpoint=https://host:99999       | STORAGE_ENDPOINT_MALFORMED
        s3://notes?endpoint=https://host?x           | STORAGE_ENDPOINT_MALFORMED
        s3://notes?endpoint=host?://x                | STORAGE_ENDPOINT_MALFORMED
        /home/ann/Sync                               | STORAGE_URL_MALFORMED
        ''                                           | STORAGE_URL_MALFORMED
        file:relative                                | STORAGE_URL_MALFORMED
        file:///a?b                                  | STORAGE_URL_MALFORMED
        """)
    void refusesWhatIsNoAddressAndRepeatsNoSecret(String written, Problem problem) {
        assertThatThrownBy(() -> StorageUrl.parse(written))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        failure -> assertThat(failure.problem()).isEqualTo(problem))
                .hasMessageNotContaining("hidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/home/ann/Sync", "/", "/with blank/ä €/100%", "/a#b?c;d=e&f", "/plus+plus/~ann/(1)"})
    void aFolderGoesThereAndBack(String path) {
        StorageUrl.Folder folder = StorageUrl.folder(Path.of(path));
        assertThat(StorageUrl.parse(folder.text())).isEqualTo(folder);
        assertThat(folder.text()).startsWith("file:///").doesNotContain(" ");
        // What profiles written before this class hold is the same place.
        assertThat(StorageUrl.parse(Path.of(path).toUri().toString())).isEqualTo(folder);
        assertThat(folder.location()).isEqualTo(FolderStorage.location(Path.of(path)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        file:///home/ann/Sync/     | file:///home/ann/Sync
        file:/home/ann/./Sync/../x | file:///home/ann/x
        FILE://localhost/home      | file:///home
        """)
    void hasOneFormForOneFolder(String written, String canonical) {
        assertThat(StorageUrl.parse(written).text()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        C:\\Users\\Ann\\My Sync | file:///C:/Users/Ann/My%20Sync
        C:\\                    | file:///C:/
        \\\\nas\\sync\\ann      | file://nas/sync/ann
        \\\\nas\\ä$             | file://nas/%C3%A4$
        """)
    void aFolderOfWindowsGoesThereAndBack(String path, String url) {
        assertThat(FileUrl.of(path, true)).isEqualTo(url);
        assertThat(FileUrl.path(url, true)).isEqualTo(path);
    }

    @Test
    void takesOtherFormsOfWindowsFolders() {
        assertThat(FileUrl.path("file:///d:/Sync/", true)).isEqualTo("d:\\Sync\\");
        assertThat(FileUrl.path("file:////nas/sync", true)).isEqualTo("\\\\nas\\sync");
        assertThat(FileUrl.of("C:\\Sync\\", true)).isEqualTo("file:///C:/Sync");
        assertThatThrownBy(() -> FileUrl.path("file:///no-drive/x", true)).isInstanceOf(StorageException.class);
    }

    @Test
    void onlyWindowsOpensAnotherComputersFolderByItsName() {
        assertThatThrownBy(() -> FileUrl.path("file://nas/sync", false))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        failure -> assertThat(failure.problem()).isEqualTo(Problem.STORAGE_URL_HOST));
    }
}
