package dev.verso.jdbc;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Locale;

/**
 * The file behind {@code :resource:name}, a database on the class path, as sqlite-jdbc finds it: the resource itself if it is a file, otherwise a copy
 * in the folder for temporary files, which serves as long as the resource is not newer. The name may be a URL ({@code jar:file:…!/name}) instead.
 */
final class ResourceFile {
    static final String PREFIX = ":resource:";

    private ResourceFile() {}

    static Path of(String location) {
        String name = location.substring(PREFIX.length());
        URL resource = find(name);
        if (resource == null) {
            throw cannotOpen(name, "not found on the class path", null);
        }
        try {
            return resource.getProtocol().equals("file") ? Path.of(resource.toURI()) : copy(resource);
        } catch (IOException | URISyntaxException | IllegalArgumentException e) {
            throw cannotOpen(name, e.getMessage(), e);
        }
    }

    private static URL find(String name) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        URL found = context == null ? null : context.getResource(name);
        if (found == null) {
            found = ClassLoader.getSystemResource(name);
        }
        if (found == null) {
            try {
                found = URI.create(name).toURL();
            } catch (MalformedURLException | IllegalArgumentException e) {
                return null; // then it is no URL but a name, and there is nothing of that name
            }
        }
        return found;
    }

    private static Path copy(URL resource) throws IOException {
        String name = String.format(
                Locale.ROOT, "verso-resource-%08x.sqlite", resource.toString().hashCode());
        Path copy = Path.of(System.getProperty("java.io.tmpdir")).resolve(name);
        URLConnection connection = resource.openConnection();
        connection.setUseCaches(false); // else a jar that is replaced would be read as it was
        try (InputStream in = connection.getInputStream()) {
            FileTime modified = FileTime.fromMillis(connection.getLastModified());
            if (Files.exists(copy) && Files.getLastModifiedTime(copy).compareTo(modified) >= 0) {
                return copy;
            }
            Path fresh = Files.createTempFile(copy.getParent(), "verso-resource", ".new");
            try {
                Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
                Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        }
        return copy;
    }

    private static DatabaseException cannotOpen(String name, String why, Exception cause) {
        return new DatabaseException(
                ResultCode.CANTOPEN, "unable to open database file: resource '" + name + "': " + why, cause);
    }
}
