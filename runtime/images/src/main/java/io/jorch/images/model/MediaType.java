package io.jorch.images.model;

import java.util.Optional;

/// The media types that jorch reads (image-spec, media-types.md; distribution, spec/manifest-v2-2.md).
public enum MediaType {
    OCI_INDEX(Family.OCI, Role.INDEX, "application/vnd.oci.image.index.v1+json"),
    OCI_MANIFEST(Family.OCI, Role.MANIFEST, "application/vnd.oci.image.manifest.v1+json"),
    OCI_CONFIG(Family.OCI, Role.CONFIG, "application/vnd.oci.image.config.v1+json"),
    OCI_LAYER(Family.OCI, Role.LAYER, "application/vnd.oci.image.layer.v1.tar"),
    OCI_LAYER_GZIP(Family.OCI, Role.LAYER, "application/vnd.oci.image.layer.v1.tar+gzip"),
    OCI_LAYER_ZSTD(Family.OCI, Role.LAYER, "application/vnd.oci.image.layer.v1.tar+zstd"),
    DOCKER_INDEX(Family.DOCKER, Role.INDEX, "application/vnd.docker.distribution.manifest.list.v2+json"),
    DOCKER_MANIFEST(Family.DOCKER, Role.MANIFEST, "application/vnd.docker.distribution.manifest.v2+json"),
    DOCKER_CONFIG(Family.DOCKER, Role.CONFIG, "application/vnd.docker.container.image.v1+json"),
    DOCKER_LAYER(Family.DOCKER, Role.LAYER, "application/vnd.docker.image.rootfs.diff.tar"),
    DOCKER_LAYER_GZIP(Family.DOCKER, Role.LAYER, "application/vnd.docker.image.rootfs.diff.tar.gzip"),
    DOCKER_LAYER_ZSTD(Family.DOCKER, Role.LAYER, "application/vnd.docker.image.rootfs.diff.tar.zstd");

    /// Whose format it is. A manifest of one family doesn't refer to blobs of the other.
    public enum Family {
        OCI, DOCKER
    }

    /// What the document or blob is for.
    public enum Role {
        INDEX, MANIFEST, CONFIG, LAYER
    }

    private final Family family;
    private final Role role;
    private final String text;

    MediaType(Family family, Role role, String text) {
        this.family = family;
        this.role = role;
        this.text = text;
    }

    /// @param text a media type, parameters (`; charset=…`) allowed
    public static Optional<MediaType> find(String text) {
        int parameters = text.indexOf(';');
        String bare = (parameters < 0 ? text : text.substring(0, parameters)).strip();
        for (MediaType type : values()) {
            if (type.text.equals(bare)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    public Family family() {
        return family;
    }

    public Role role() {
        return role;
    }

    public boolean rootDocument() {
        return role == Role.INDEX || role == Role.MANIFEST;
    }

    @Override
    public String toString() {
        return text;
    }
}
