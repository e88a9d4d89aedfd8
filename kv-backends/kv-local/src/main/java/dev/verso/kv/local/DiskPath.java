package dev.verso.kv.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.h2.store.fs.FilePath;

/** MVStore's view of the file system under the scheme {@code verso:}, which opens files as {@link DiskFile}. */
final class DiskPath extends FilePath {
    private static final String SCHEME = "verso";

    private final Path path;

    private DiskPath(Path path) {
        this.path = path;
        name = SCHEME + ":" + path;
    }

    /** The name by which MVStore opens this file as a {@link DiskFile}. */
    static String nameOf(Path file) {
        FilePath.register(new DiskPath(file));
        return SCHEME + ":" + file;
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FilePath getPath(String named) {
        return new DiskPath(Path.of(named.substring(SCHEME.length() + 1)));
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new DiskFile(new RandomAccessFile(path.toFile(), mode.equals("r") ? "r" : "rw"));
    }

    @Override
    public long size() {
        return ask(() -> Files.size(path));
    }

    @Override
    public boolean exists() {
        return Files.exists(path);
    }

    @Override
    public boolean isDirectory() {
        return Files.isDirectory(path);
    }

    @Override
    public boolean isRegularFile() {
        return Files.isRegularFile(path);
    }

    @Override
    public boolean isAbsolute() {
        return path.isAbsolute();
    }

    @Override
    public boolean canWrite() {
        return Files.isWritable(path);
    }

    @Override
    public long lastModified() {
        return ask(() -> Files.getLastModifiedTime(path).toMillis());
    }

    @Override
    public FilePath toRealPath() {
        return new DiskPath(exists() ? ask(path::toRealPath) : path.toAbsolutePath());
    }

    @Override
    public FilePath getParent() {
        Path parent = path.getParent();
        return parent == null ? null : new DiskPath(parent);
    }

    @Override
    public List<FilePath> newDirectoryStream() {
        return ask(() -> {
            List<FilePath> children = new ArrayList<>();
            try (DirectoryStream<Path> found = Files.newDirectoryStream(path)) {
                found.forEach(child -> children.add(new DiskPath(child)));
            }
            return children;
        });
    }

    @Override
    public boolean createFile() {
        return ask(() -> {
            try {
                Files.createFile(path);
                return true;
            } catch (FileAlreadyExistsException e) {
                return false;
            }
        });
    }

    @Override
    public void createDirectory() {
        ask(() -> Files.createDirectory(path));
    }

    @Override
    public void delete() {
        ask(() -> Files.deleteIfExists(path));
    }

    @Override
    public void moveTo(FilePath newName, boolean atomicReplace) {
        Path target = ((DiskPath) newName).path;
        ask(() -> atomicReplace
                ? Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING)
                : Files.move(path, target));
    }

    @Override
    public boolean setReadOnly() {
        return path.toFile().setReadOnly();
    }

    private interface Question<T> {
        T answer() throws IOException;
    }

    private static <T> T ask(Question<T> question) {
        try {
            return question.answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
