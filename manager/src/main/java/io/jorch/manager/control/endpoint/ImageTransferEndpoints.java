package io.jorch.manager.control.endpoint;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.image.ImageService;
import io.jorch.api.image.ImportRequest;
import io.jorch.api.image.PullProgress;
import io.jorch.api.image.RegistryCredential;
import io.jorch.api.object.ImagePin;
import io.jorch.manager.control.event.LocalEvents;
import io.jorch.manager.control.http.Answer;
import io.jorch.manager.control.http.Query;
import io.jorch.manager.control.http.Request;
import io.jorch.manager.control.http.Routes;
import java.util.List;
import java.util.Map;

/// Images in and out: pull, push, import, load, save; and what a registry has under a name.
public final class ImageTransferEndpoints implements EndpointGroup {
    private final ImageService images;
    private final LocalEvents events;

    public ImageTransferEndpoints(ImageService images, LocalEvents events) {
        this.images = images;
        this.events = events;
    }

    @Override
    public void register(Routes routes) {
        routes.post("/images/create", this::create)
                .query("fromImage", "fromSrc", "repo", "tag", "message", "changes", "platform").streamed();
        routes.post("/images/load", this::load).query("quiet").streamed();
        routes.get("/images/get", request -> save(request.query().texts("names"))).query("names");
        routes.get("/images/{name...}/get", request -> save(List.of(request.path("name"))));
        routes.post("/images/{name...}/push", this::push).query("tag");
        routes.get("/distribution/{name...}/json", this::distribution);
    }

    private Answer create(Request request) throws InterruptedException {
        Query query = request.query();
        if (query.has("fromImage") == query.has("fromSrc")) {
            throw JorchException.invalid("fromImage", "give one of fromImage (pull) and fromSrc (import)");
        }
        return query.has("fromImage") ? pull(request) : importRootfs(request);
    }

    private Answer pull(Request request) throws InterruptedException {
        String reference = reference(request.query().text("fromImage"), request.query().text("tag"));
        String platform = request.query().text("platform");
        RegistryCredential credential = credential(request);
        return ProgressAnswer.of(lines -> {
            ImagePin pin = images.pull(reference, platform, credential, lines::accept);
            events.image("pull", pin.reference(), Map.of("name", pin.reference()));
        });
    }

    /// A digest comes in the place of the tag.
    private static String reference(String name, String tag) {
        if (name.isEmpty()) {
            throw JorchException.invalid("fromImage", "is empty: name an image");
        }
        return tag.isEmpty() ? name : name + (tag.indexOf(':') >= 0 ? "@" : ":") + tag;
    }

    private Answer importRootfs(Request request) throws InterruptedException {
        Query query = request.query();
        if (!query.text("fromSrc").equals("-")) {
            throw new JorchException(ErrorCode.UNSUPPORTED,
                    "fromSrc: jorch imports from the request's body only: download the archive and use -");
        }
        String repository = query.text("repo");
        String name = repository.isEmpty() ? "" : reference(repository, query.text("tag"));
        ImportRequest wish = new ImportRequest(name, query.texts("changes"), query.text("message"),
                query.text("platform"));
        return ProgressAnswer.of(lines -> {
            String id = images.importRootfs(wish, request.stream());
            events.image("import", id, Map.of("name", name.isEmpty() ? id : name));
            lines.accept(PullProgress.of(id));
        });
    }

    private Answer load(Request request) throws InterruptedException {
        boolean quiet = request.query().flag("quiet");
        return ProgressAnswer.of(lines -> {
            List<String> names = images.load(request.stream(), progress -> {
                if (!quiet) {
                    lines.accept(progress);
                }
            });
            for (String name : names) {
                events.image("load", name, Map.of("name", name));
                String kind = name.startsWith("sha256:") ? "Loaded image ID: " : "Loaded image: ";
                lines.accept(Map.of("stream", kind + name + "\n"));
            }
        });
    }

    private Answer save(List<String> names) {
        if (names.isEmpty()) {
            throw JorchException.invalid("names", "is missing: name the images to save");
        }
        // An unknown name is to be answered with its status, before the archive begins.
        names.forEach(images::inspect);
        return Answer.stream("application/x-tar", out -> {
            images.save(names, out);
            names.forEach(name -> events.image("save", name, Map.of("name", name)));
        });
    }

    private Answer push(Request request) throws InterruptedException {
        String reference = reference(request.path("name"), request.query().text("tag"));
        RegistryCredential credential = credential(request);
        return ProgressAnswer.of(lines -> {
            images.push(reference, credential, lines::accept);
            events.image("push", reference, Map.of("name", reference));
        });
    }

    private Answer distribution(Request request) {
        return Answer.json(images.distribution(request.path("name"), credential(request)));
    }

    private static RegistryCredential credential(Request request) {
        return RegistryCredential.fromHeader(request.header(ServiceEndpoints.AUTH_HEADER));
    }
}
