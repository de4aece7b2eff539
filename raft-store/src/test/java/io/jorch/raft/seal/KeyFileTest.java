package io.jorch.raft.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
final class KeyFileTest {

    @TempDir
    Path folder;

    @Test
    void keepsTheKeysWrappedByTheNodesOwnKey() throws IOException {
        DataKeys keys = DataKeys.random().rotated();
        new KeyFile(folder).save(keys, new KeyFile(folder).nodeKey());

        KeyFile again = new KeyFile(folder);
        assertEquals(keys, again.load(again.nodeKey()));
        assertEquals(Optional.of(WrappingKey.Kind.NODE), again.wrapping());
        String onDisk = HexFormat.of().formatHex(Files.readAllBytes(folder.resolve("raft-keys")));
        keys.all().forEach(key -> assertFalse(onDisk.contains(HexFormat.of().formatHex(key.secret()))));
    }

    @Test
    void bothFilesAreForTheirOwnerOnly() throws IOException {
        KeyFile file = new KeyFile(folder);
        file.save(DataKeys.random(), file.nodeKey());
        for (String name : new String[]{"raft-keys", "wrapping-key"}) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))));
        }
        Files.setPosixFilePermissions(folder.resolve("wrapping-key"), PosixFilePermissions.fromString("rw-r--r--"));
        assertEquals(ErrorCode.FORBIDDEN, assertThrows(JorchException.class, file::nodeKey).code());
    }

    @Test
    void lockingChangesTheWrappingAndNothingElse() {
        KeyFile file = new KeyFile(folder);
        DataKeys keys = DataKeys.random();
        file.save(keys, file.nodeKey());
        WrappingKey unlock = WrappingKey.random(WrappingKey.Kind.UNLOCK);

        file.save(keys, unlock);

        assertEquals(Optional.of(WrappingKey.Kind.UNLOCK), file.wrapping());
        assertEquals(ErrorCode.UNAUTHENTICATED,
                assertThrows(JorchException.class, () -> file.load(file.nodeKey())).code());
        WrappingKey typedIn = WrappingKey.of(WrappingKey.Kind.UNLOCK, unlock.secret());
        assertEquals(keys, file.load(typedIn));
    }

    @Test
    void aMissingFileIsNotFoundAndAWrongKeyIsNamed() {
        KeyFile file = new KeyFile(folder);
        assertEquals(ErrorCode.NOT_FOUND,
                assertThrows(JorchException.class, () -> file.load(file.nodeKey())).code());
        file.save(DataKeys.random(), WrappingKey.random(WrappingKey.Kind.NODE));
        assertEquals(ErrorCode.UNAUTHENTICATED,
                assertThrows(JorchException.class, () -> file.load(file.nodeKey())).code());
    }

    @Test
    void nothingThatHoldsAKeyPrintsIt() {
        DataKeys keys = DataKeys.random();
        String secret = HexFormat.of().formatHex(keys.current().secret());
        assertTrue(keys.toString().contains("***"));
        assertFalse(keys.toString().contains(secret.substring(0, 16)));
        assertTrue(WrappingKey.random(WrappingKey.Kind.UNLOCK).toString().contains("***"));
    }

    @Test
    void theGoldenFilesStayReadable() {
        WrappingKey wrapping = WrappingKey.of(WrappingKey.Kind.NODE, Golden.counting(32, 200));
        byte[] wrapped = KeyFile.encode(Golden.KEYS, wrapping, Golden.nonce());
        assertArrayEquals(Golden.bytes("wrapped-keys-v1.bin", wrapped), wrapped);
        assertEquals(Golden.KEYS, KeyFile.decode(Golden.bytes("wrapped-keys-v1.bin", wrapped), wrapping));

        byte[] nodeKey = wrapping.encodeNodeKey();
        assertArrayEquals(Golden.bytes("node-key-v1.bin", nodeKey), nodeKey);
        assertArrayEquals(wrapping.secret(), WrappingKey.decodeNodeKey(Golden.bytes("node-key-v1.bin", nodeKey)).secret());

        byte[] keys = Golden.KEYS.encode();
        assertArrayEquals(Golden.bytes("data-keys-v1.bin", keys), keys);
        assertEquals(Golden.KEYS, DataKeys.decode(Golden.bytes("data-keys-v1.bin", keys)));
    }

    @Test
    void refusesEveryChangedByteOfTheWrappedKeys() {
        WrappingKey wrapping = WrappingKey.random(WrappingKey.Kind.NODE);
        byte[] wrapped = KeyFile.encode(DataKeys.random(), wrapping, Golden.nonce());
        for (int i = 0; i < wrapped.length; i++) {
            byte[] changed = wrapped.clone();
            changed[i] ^= 4;
            assertThrows(JorchException.class, () -> KeyFile.decode(changed, wrapping), "byte " + i);
        }
    }
}
