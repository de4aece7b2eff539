package io.jorch.raft.ratis;

import static io.jorch.raft.engine.Nodes.applied;
import static io.jorch.raft.engine.Nodes.awaitLead;
import static io.jorch.raft.engine.Nodes.propose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.raft.engine.EngineConfig;
import io.jorch.raft.engine.Ledger;
import io.jorch.raft.engine.Member;
import io.jorch.raft.engine.Nodes;
import io.jorch.raft.engine.PeerTls;
import io.jorch.raft.engine.RaftEngine;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Certificates without any address in them: who a peer is follows from its certificate alone.
@Timeout(90)
final class TlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    private final List<Certificate> members = new CopyOnWriteArrayList<>();

    @Test
    void membersProveThemselvesAndStrangersStayOut() throws Exception {
        PeerTls first = identity("n1", true);
        PeerTls second = identity("n2", true);
        PeerTls stranger = identity("n3", false);
        Member one = Nodes.member("n1");
        Member two = Nodes.member("n2");
        Member three = Nodes.member("n3");
        Ledger copy = new Ledger();
        try (RaftEngine leader = RatisEngine.open(config(EngineConfig.first(Nodes.CLUSTER, one, folder.resolve("1")), first),
                new Ledger());
                RaftEngine follower = RatisEngine.open(
                        config(EngineConfig.joiner(Nodes.CLUSTER, two, folder.resolve("2")), second), copy);
                RaftEngine outsider = RatisEngine.open(
                        config(EngineConfig.joiner(Nodes.CLUSTER, three, folder.resolve("3")), stranger), new Ledger())) {
            awaitLead(leader);
            leader.addMember(two).get(30, TimeUnit.SECONDS);
            applied(propose(leader, "by TLS"));
            Awaitility.await().until(() -> copy.entries().equals(List.of("by TLS")));
            follower.readIndex().get(20, TimeUnit.SECONDS);

            ExecutionException failure = assertThrows(ExecutionException.class,
                    () -> leader.addMember(three).get(30, TimeUnit.SECONDS));
            assertEquals(ErrorCode.UNAVAILABLE, assertInstanceOf(JorchException.class, failure.getCause()).code());
            assertEquals(List.of(), outsider.members());
        }
    }

    private static EngineConfig config(EngineConfig config, PeerTls tls) {
        return config.withTiming(Nodes.FAST).withTls(tls);
    }

    private PeerTls identity(String name, boolean member) throws Exception {
        Path file = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", name, "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + name,
                "-validity", "2", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass",
                new String(PASSWORD)).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, keytool.waitFor(), output);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        if (member) {
            members.add(store.getCertificate(name));
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD);
        return new PeerTls((X509ExtendedKeyManager) factory.getKeyManagers()[0], new Members());
    }

    /// Knows the members by their certificates.
    private final class Members extends X509ExtendedTrustManager {

        private void check(X509Certificate[] chain) throws CertificateException {
            if (!members.contains(chain[0])) {
                throw new CertificateException("no member");
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
