/*
 * Has a drive refuse one thing, as NAS drives, FUSE mounts and sticks do (LD_PRELOAD, Linux). FolderDrivesTest compiles it.
 *
 *   TIDEMARK_DRIVE         the folder on the drive: real, absolute
 *   TIDEMARK_DRIVE_FAULT   fsync-folder: a folder cannot be synced (EINVAL)
 *                          rename-over: no rename over a file that is there (EEXIST)
 *                          read: what is read cannot be (EIO)
 *                          stale: nothing can be opened for reading (ESTALE)
 *                          unplug: nothing can be written (EIO)
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

__attribute__((constructor)) static void begin(void) {
    drive = getenv("TIDEMARK_DRIVE");
    fault = getenv("TIDEMARK_DRIVE_FAULT");
}

static int is(const char *wanted) { return drive && fault && strcmp(fault, wanted) == 0; }

/* Files of the drive, and not the drive's own folder. */
static int on_drive(const char *path) {
    return drive && strncmp(path, drive, strlen(drive)) == 0 && path[strlen(drive)] == '/';
}

static int descriptor_on_drive(int descriptor) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length < 0 ? 0 : length] = 0;
    return on_drive(path);
}

int fsync(int descriptor) {
    struct stat status;
    if (is("fsync-folder") && fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) {
        errno = EINVAL;
        return -1;
    }
    return (int) syscall(SYS_fsync, descriptor);
}

int rename(const char *from, const char *to) {
    if (is("rename-over") && on_drive(to) && access(to, F_OK) == 0) {
        errno = EEXIST;
        return -1;
    }
    return (int) syscall(SYS_rename, from, to);
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
    return (int) syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    int mode = flags & O_CREAT ? va_arg(more, int) : 0;
    va_end(more);
    return open64(path, flags, mode);
}
