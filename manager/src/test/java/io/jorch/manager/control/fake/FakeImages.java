package io.jorch.manager.control.fake;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.image.DistributionInspect;
import io.jorch.api.image.ImageConfig;
import io.jorch.api.image.ImageDeleteItem;
import io.jorch.api.image.ImageFilter;
import io.jorch.api.image.ImageHistoryItem;
import io.jorch.api.image.ImageInspect;
import io.jorch.api.image.ImagePruneReport;
import io.jorch.api.image.ImageService;
import io.jorch.api.image.ImageSummary;
import io.jorch.api.image.ImportRequest;
import io.jorch.api.image.OciDescriptor;
import io.jorch.api.image.OciPlatform;
import io.jorch.api.image.PullProgress;
import io.jorch.api.image.RegistryCredential;
import io.jorch.api.object.ImagePin;
import io.jorch.api.spec.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Images by name, without content. The registry has every name in [#registry]; a digest is made of the name.
public final class FakeImages implements ImageService {
    public final Map<String, String> local = new ConcurrentSkipListMap<>();
    public final Map<String, String> registry = new ConcurrentSkipListMap<>();
    public final List<RegistryCredential> credentials = new CopyOnWriteArrayList<>();
    public final List<ImageFilter> filters = new CopyOnWriteArrayList<>();
    public volatile long loaded;

    public static String digest(String text) {
        try {
            return "sha256:" + HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String tagged(String reference) {
        return reference.contains("@") || reference.lastIndexOf(':') > reference.lastIndexOf('/')
                ? reference
                : reference + ":latest";
    }

    private String find(String name) {
        String digest = local.get(tagged(name));
        if (digest == null) {
            throw new JorchException(ErrorCode.NOT_FOUND, "No such image: " + name);
        }
        return digest;
    }

    @Override
    public List<ImageSummary> list(ImageFilter filter) {
        filters.add(filter);
        return local.entrySet().stream().map(image -> new ImageSummary(image.getValue(), "", List.of(image.getKey()),
                List.of(), 1_700_000_000, 4_096, -1, Map.of(), -1, null)).toList();
    }

    @Override
    public ImageInspect inspect(String nameOrId) {
        String digest = find(nameOrId);
        return new ImageInspect(digest, descriptor(digest), List.of(tagged(nameOrId)), List.of(), "", "",
                Instant.parse("2026-01-02T03:04:05Z"), "", ImageConfig.EMPTY, "amd64", "", "linux", "", 4_096,
                new ImageInspect.RootFs("layers", List.of(digest("layer"))), new ImageInspect.Metadata(null));
    }

    private static OciDescriptor descriptor(String digest) {
        return new OciDescriptor("application/vnd.oci.image.manifest.v1+json", digest, 528, Map.of(), null, "");
    }

    @Override
    public List<ImageHistoryItem> history(String nameOrId) {
        return List.of(new ImageHistoryItem(find(nameOrId), 1_700_000_000, "COPY . /", List.of(tagged(nameOrId)),
                4_096, ""));
    }

    @Override
    public ImagePin pull(String reference, String platform, RegistryCredential credential,
            Consumer<PullProgress> progress) {
        credentials.add(credential);
        progress.accept(PullProgress.of("latest", "Pulling from " + reference));
        progress.accept(PullProgress.of("0123456789ab", "Downloading", 10, 20));
        ImagePin pin = resolve(reference, credential);
        local.put(tagged(reference), pin.digest());
        progress.accept(PullProgress.of("Digest: " + pin.digest()));
        return pin;
    }

    @Override
    public void push(String reference, RegistryCredential credential, Consumer<PullProgress> progress) {
        registry.put(tagged(reference), find(reference));
        progress.accept(PullProgress.of("latest: digest: " + find(reference) + " size: 528"));
    }

    @Override
    public DistributionInspect distribution(String reference, RegistryCredential credential) {
        return new DistributionInspect(descriptor(resolve(reference, credential).digest()),
                List.of(new OciPlatform("amd64", "linux", "")));
    }

    @Override
    public ImagePin resolve(String reference, RegistryCredential credential) {
        credentials.add(credential);
        String digest = registry.get(tagged(reference));
        if (digest == null) {
            throw new JorchException(ErrorCode.NOT_FOUND, "no such manifest: " + reference);
        }
        return new ImagePin(reference, digest, List.of(new Platform("amd64", "linux")));
    }

    @Override
    public List<String> load(InputStream archive, Consumer<PullProgress> progress) {
        try {
            byte[] part = new byte[64 << 10];
            for (int count = archive.read(part); count >= 0; count = archive.read(part)) {
                loaded += count;
            }
        } catch (IOException broken) {
            throw new JorchException(ErrorCode.CORRUPT, "the archive is cut off", broken);
        }
        local.put("loaded:1", digest("loaded:1"));
        return List.of("loaded:1");
    }

    @Override
    public String importRootfs(ImportRequest request, InputStream tar) {
        load(tar, _ -> {
        });
        local.put(tagged(request.reference()), digest(request.reference()));
        return digest(request.reference());
    }

    @Override
    public void save(List<String> namesOrIds, OutputStream archive) {
        namesOrIds.forEach(this::find);
        try {
            archive.write("archive".getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            throw new JorchException(ErrorCode.UNAVAILABLE, "the reader is gone", gone);
        }
    }

    @Override
    public void tag(String nameOrId, String target) {
        local.put(tagged(target), find(nameOrId));
    }

    @Override
    public List<ImageDeleteItem> remove(String nameOrId, boolean force) {
        String digest = find(nameOrId);
        local.remove(tagged(nameOrId));
        return List.of(ImageDeleteItem.ofName(tagged(nameOrId)), ImageDeleteItem.ofId(digest));
    }

    @Override
    public ImagePruneReport prune(ImageFilter filter) {
        filters.add(filter);
        return new ImagePruneReport(List.of(), 0);
    }
}
