/*
 * Has a drive refuse one thing, as NAS drives, FUSE mounts and sticks do, and writes down what it is asked to keep
 * (LD_PRELOAD, Linux). DriveShim compiles it.
 *
 *   TIDEMARK_DRIVE         the folder on the drive: real, absolute
 *   TIDEMARK_DRIVE_FAULT   fsync-folder: a folder cannot be synced (EINVAL)
 *                          rename-over: no rename over a file that is there (EEXIST)
 *                          read: what is read cannot be (EIO)
 *                          stale: nothing can be opened for reading (ESTALE)
 *                          unplug: nothing can be written (EIO)
 *                          fsync-folder-fails: a folder cannot be synced (EIO)
 *                          unmount: another folder, empty, is in the drive's place once a folder on it is opened
 *   TIDEMARK_DRIVE_LOG     a file elsewhere that gets a line for each fsync, rename, mkdir and unlink there that succeeded,
 *                          with paths from the drive's folder on
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *drive, *fault;
static int record = -1;

__attribute__((constructor)) static void begin(void) {
    drive = getenv("TIDEMARK_DRIVE");
    fault = getenv("TIDEMARK_DRIVE_FAULT");
    const char *log = getenv("TIDEMARK_DRIVE_LOG");
    if (log) {
        record = (int) syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    }
}

static int is(const char *wanted) { return drive && fault && strcmp(fault, wanted) == 0; }

/* Files of the drive, and not the drive's own folder. */
static int on_drive(const char *path) {
    return drive && strncmp(path, drive, strlen(drive)) == 0 && path[strlen(drive)] == '/';
}

static void path_of(int descriptor, char *path, size_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, size - 1);
    path[length < 0 ? 0 : length] = 0;
}

static int descriptor_on_drive(int descriptor) {
    char path[4096];
    path_of(descriptor, path, sizeof path);
    return on_drive(path);
}

/* Returns the result; writes the line if that is success and the path is the drive's or one on it. */
static int recorded(int result, const char *what, const char *path) {
    if (record >= 0 && result == 0 && drive && (on_drive(path) || strcmp(path, drive) == 0)) {
        char line[8192];
        const char *from = on_drive(path) ? path + strlen(drive) + 1 : ".";
        int length = snprintf(line, sizeof line, "%s %s\n", what, from);
        if (syscall(SYS_write, record, line, (size_t) length) != length) {
            abort();
        }
    }
    return result;
}

int fsync(int descriptor) {
    struct stat status;
    int unable = is("fsync-folder"), failing = is("fsync-folder-fails");
    if ((unable || failing) && fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) {
        errno = unable ? EINVAL : EIO;
        return -1;
    }
    char path[4096];
    path_of(descriptor, path, sizeof path);
    return recorded((int) syscall(SYS_fsync, descriptor), "fsync", path);
}

int mkdir(const char *path, mode_t mode) {
    return recorded((int) syscall(SYS_mkdirat, AT_FDCWD, path, mode), "mkdir", path);
}

int unlink(const char *path) {
    return recorded((int) syscall(SYS_unlinkat, AT_FDCWD, path, 0), "unlink", path);
}

int rename(const char *from, const char *to) {
    if (is("rename-over") && on_drive(to) && access(to, F_OK) == 0) {
        errno = EEXIST;
        return -1;
    }
    return recorded((int) syscall(SYS_rename, from, to), "rename to", to);
}

static void unmount(void) {
    char aside[4096];
    snprintf(aside, sizeof aside, "%s-unmounted", drive);
    fault = NULL;
    if (syscall(SYS_rename, drive, aside) != 0 || syscall(SYS_mkdirat, AT_FDCWD, drive, 0700) != 0) {
        abort();
    }
}

ssize_t read(int descriptor, void *data, size_t length) {
    if (is("read") && descriptor_on_drive(descriptor)) {
        errno = EIO;
        return -1;
    }
    return syscall(SYS_read, descriptor, data, length);
}

ssize_t write(int descriptor, const void *data, size_t length) {
    if (is("unplug") && descriptor_on_drive(descriptor)) {
        errno = EIO;
        return -1;
    }
    return syscall(SYS_write, descriptor, data, length);
}

int open64(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    int mode = flags & O_CREAT ? va_arg(more, int) : 0;
    va_end(more);
    if (on_drive(path) && !(flags & O_CREAT) && is("stale")) {
        errno = ESTALE;
        return -1;
    }
    if (on_drive(path) && is("unmount")) {
        unmount();
    }
    return (int) syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    int mode = flags & O_CREAT ? va_arg(more, int) : 0;
    va_end(more);
    return open64(path, flags, mode);
}
