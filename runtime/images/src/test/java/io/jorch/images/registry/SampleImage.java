package io.jorch.images.registry;

import io.jorch.api.image.ImageConfig;
import io.jorch.images.model.ConfigDocument;
import io.jorch.images.model.Descriptor;
import io.jorch.images.model.Digest;
import io.jorch.images.model.DocumentWriter;
import io.jorch.images.model.Manifest;
import io.jorch.images.model.MediaType;
import io.jorch.images.model.Platform;
import io.jorch.images.unpack.TarForge;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// A small image of two layers, put into a [FaultRegistry].
public final class SampleImage {
    public final byte[] lower;
    public final byte[] upper;
    public final Descriptor lowerBlob;
    public final Descriptor upperBlob;
    public final Descriptor config;
    public final Descriptor manifest;
    public final Descriptor index;

    /// Published as tag `v1` (manifest) and `all` (index with a second, absent platform).
    public SampleImage(FaultRegistry registry) {
        byte[] noise = new byte[200_000];
        new Random(7).nextBytes(noise);
        byte[] lowerTar = new TarForge().directory("etc").entry('0', "etc/noise", "", noise).file("etc/a", "1").end();
        byte[] upperTar = new TarForge().directory("etc").file("etc/.wh.a", "").file("etc/b", "2").end();
        lower = TarForge.gzip(lowerTar);
        upper = TarForge.gzip(upperTar);
        lowerBlob = new Descriptor(MediaType.OCI_LAYER_GZIP, Digest.sha256(lower), lower.length);
        upperBlob = new Descriptor(MediaType.OCI_LAYER_GZIP, Digest.sha256(upper), upper.length);
        byte[] configuration = DocumentWriter.config(new ConfigDocument(Platform.current(), Optional.empty(), "",
                ImageConfig.EMPTY, List.of(Digest.sha256(lowerTar), Digest.sha256(upperTar)), List.of()));
        config = Descriptor.of(MediaType.OCI_CONFIG, configuration);
        byte[] document = DocumentWriter.manifest(new Manifest(MediaType.OCI_MANIFEST, config, List.of(lowerBlob, upperBlob)));
        registry.blob(lower);
        registry.blob(upper);
        registry.blob(configuration);
        manifest = registry.manifest(MediaType.OCI_MANIFEST.toString(), document, "v1");
        Descriptor absent = new Descriptor(MediaType.OCI_MANIFEST, Digest.sha256(new byte[3]), 3)
                .withPlatform(new Platform("linux", "s390x", ""));
        index = registry.manifest(MediaType.OCI_INDEX.toString(),
                DocumentWriter.index(List.of(absent, manifest.withPlatform(Platform.current()))), "all");
    }
}
