package io.jorch.images.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The cases of distribution/reference, reference_test.go and normalize_test.go.
@Timeout(20)
class ImageReferenceTest {
    private static final String HEX = "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";

    @ParameterizedTest
    @CsvSource({"nginx,docker.io,library/nginx,'',nginx", "nginx:1.27,docker.io,library/nginx,1.27,nginx:1.27",
            "a/b,docker.io,a/b,'',a/b", "docker.io/nginx,docker.io,library/nginx,'',nginx",
            "index.docker.io/library/nginx:x,docker.io,library/nginx,x,nginx:x",
            "docker.io/library/a/b,docker.io,library/a/b,'',library/a/b",
            "localhost/a,localhost,a,'',localhost/a", "localhost:5000/a:b,localhost:5000,a,b,localhost:5000/a:b",
            "test.com/repo:tag,test.com,repo,tag,test.com/repo:tag", "test:5000/repo,test:5000,repo,'',test:5000/repo",
            "Foo/bar,Foo,bar,'',Foo/bar", "[2001:db8::1]:5000/a/b:c,[2001:db8::1]:5000,a/b,c,[2001:db8::1]:5000/a/b:c",
            "a.b-c__d/e--f.g:T_a.g-1,a.b-c__d,e--f.g,T_a.g-1,''", "foo/foo_bar.com:8080,docker.io,foo/foo_bar.com,8080,foo/foo_bar.com:8080",
            "test:5000,docker.io,library/test,5000,test:5000", "127.0.0.1:1/x,127.0.0.1:1,x,'',127.0.0.1:1/x"})
    void readsFamiliarForms(String text, String domain, String path, String tag, String familiar) {
        if (familiar.isEmpty()) {
            // '__' is allowed in a path and not in a host.
            assertThrows(JorchException.class, () -> ImageReference.parse(text));
            return;
        }
        ImageReference reference = ImageReference.parse(text);
        assertEquals(new ImageReference(domain, path, tag, Optional.empty()), reference);
        assertEquals(familiar, reference.familiar());
        assertEquals(reference, ImageReference.parse(reference.toString()));
    }

    @Test
    void aTagAndADigestMayBothBeThere() {
        ImageReference reference = ImageReference.parse("nginx:1@sha256:" + HEX);
        assertEquals("1", reference.tag());
        assertEquals("sha256:" + HEX, reference.selector());
        assertEquals("docker.io/library/nginx:1@sha256:" + HEX, reference.toString());
        assertEquals("nginx@sha256:" + HEX, reference.withTag("").familiar());
    }

    @Test
    void latestIsTheDefaultOnlyWithoutADigest() {
        assertEquals("nginx:latest", ImageReference.parse("nginx").withDefaultTag().familiar());
        assertEquals("", ImageReference.parse("nginx@sha256:" + HEX).withDefaultTag().tag());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":tag", "@sha256:" + HEX, "repo@sha256:" + "ff", "Uppercase:tag", "test:5000/Uppercase/lower",
            "aa/asdf$$^/aa", "a//b", "/a", "a/", "-a/b", "a/-b", "a..b", "a:", "a:-x", "a:.x", "a:b:c", "a@b@c",
            "a_/b", "foo___bar", "foo/.bar", "foo .com/bar", "a\n", "a@sha1:" + HEX, "[::1]a/b", "[::1/b",
            "a@sha256:FFFFffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", HEX,
            "docker.io", "docker.io/", "\u00e9t\u00e9"})
    void refusesWhatTheGrammarDoesNotHave(String text) {
        if (text.equals("docker.io")) {
            assertEquals("docker.io/library/docker.io", ImageReference.parse(text).name());
            return;
        }
        assertEquals(ErrorCode.INVALID, assertThrows(JorchException.class, () -> ImageReference.parse(text)).code());
    }

    @Test
    void lengthsAreLimited() {
        assertThrows(JorchException.class, () -> ImageReference.parse("a/" + "a".repeat(256)));
        assertThrows(JorchException.class, () -> ImageReference.parse("a:" + "a".repeat(129)));
        assertEquals("a".repeat(128), ImageReference.parse("a:" + "a".repeat(128)).tag());
    }
}
