package dev.verso.kv.contract;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An authority and a certificate that it signed for this machine's loopback address, made by the JDK's {@code keytool}, as files in PEM. */
public final class TestCertificates {
    private static final String PASSWORD = "changeit";
    private static final long KEYTOOL_SECONDS = 60;

    private final Path directory;

    private TestCertificates(Path directory) {
        this.directory = directory;
    }

    /** Makes them in a directory that is there. */
    public static TestCertificates make(Path directory) throws IOException {
        Path keys = directory.resolve("keys.p12");
        keytool(keys, "-alias", "ca", "-dname", "CN=test authority", "-ext", "bc:c");
        keytool(
                keys,
                "-alias",
                "member",
                "-dname",
                "CN=member",
                "-signer",
                "ca",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-ext",
                "eku=serverAuth,clientAuth");
        TestCertificates made = new TestCertificates(directory);
        try (InputStream in = Files.newInputStream(keys)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            write(made.authority(), "CERTIFICATE", store.getCertificate("ca").getEncoded());
            write(
                    made.certificate(),
                    "CERTIFICATE",
                    store.getCertificate("member").getEncoded());
            write(
                    made.key(),
                    "PRIVATE KEY",
                    store.getKey("member", PASSWORD.toCharArray()).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IOException("the keys that keytool made can't be read", e);
        }
        return made;
    }

    private static void keytool(Path keys, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                keys.toString()));
        command.addAll(List.of(arguments));
        File log = keys.resolveSibling("keytool.log").toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        try {
            if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("keytool does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool runs", e);
        }
        if (process.exitValue() != 0) {
            throw new IOException("keytool failed: " + Files.readString(log.toPath()));
        }
    }

    private static void write(Path file, String kind, byte[] content) throws IOException {
        Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        Files.writeString(
                file,
                "-----BEGIN " + kind + "-----\n" + lines.encodeToString(content) + "\n-----END " + kind + "-----\n",
                StandardCharsets.US_ASCII);
    }

    /** The authority's certificate. */
    public Path authority() {
        return directory.resolve("ca.pem");
    }

    /** A certificate for servers at the loopback address and for clients. */
    public Path certificate() {
        return directory.resolve("member.pem");
    }

    /** Its private key, PKCS #8. */
    public Path key() {
        return directory.resolve("member-key.pem");
    }
}
