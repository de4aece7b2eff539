package io.jorch.manager.control.endpoint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jorch.api.error.JorchException;
import io.jorch.api.image.ImageDeleteItem;
import io.jorch.api.image.ImageFilter;
import io.jorch.api.image.ImageInspect;
import io.jorch.api.image.ImagePruneReport;
import io.jorch.api.image.ImageService;
import io.jorch.api.image.ImageSummary;
import io.jorch.api.json.Json;
import io.jorch.manager.control.event.LocalEvents;
import io.jorch.manager.control.http.Answer;
import io.jorch.manager.control.http.Filters;
import io.jorch.manager.control.http.Request;
import io.jorch.manager.control.http.Routes;
import java.util.List;
import java.util.Map;

/// `/images`: those of the node that answers, but for what moves them in and out.
public final class ImageEndpoints implements EndpointGroup {
    private final ImageService images;
    private final LocalEvents events;

    public ImageEndpoints(ImageService images, LocalEvents events) {
        this.images = images;
        this.events = events;
    }

    @Override
    public void register(Routes routes) {
        routes.get("/images/json", this::list).query("all", "filters", "shared-size", "digests");
        routes.post("/images/prune", this::prune).query("filters");
        routes.get("/images/{name...}/json", this::inspect);
        routes.get("/images/{name...}/history", this::history);
        routes.post("/images/{name...}/tag", this::tag).query("repo", "tag");
        routes.delete("/images/{name...}", this::remove).query("force", "noprune");
    }

    /// `all` asks for intermediate images too, of which there are none; `digests` is a wish of old clients that is
    /// always granted.
    private Answer list(Request request) {
        Filters filters = request.query().filters("before", "since", "dangling", "label", "reference", "until");
        List<ImageSummary> found = images
                .list(new ImageFilter(filters.terms(), request.query().flag("shared-size")));
        if (request.version().atLeast(1, 44)) {
            return Answer.json(found);
        }
        ArrayNode old = Json.mapper().createArrayNode();
        found.forEach(image -> old.add(withVirtualSize(image, image.size())));
        return Answer.json(old);
    }

    private Answer inspect(Request request) {
        ImageInspect image = images.inspect(request.path("name"));
        return Answer.json(request.version().atLeast(1, 44) ? image : withVirtualSize(image, image.size()));
    }

    /// Until API 1.43 the size was there twice.
    private static ObjectNode withVirtualSize(Object image, long size) {
        ObjectNode tree = Json.mapper().valueToTree(image);
        return tree.put("VirtualSize", size);
    }

    private Answer history(Request request) {
        return Answer.json(images.history(request.path("name")));
    }

    private Answer tag(Request request) {
        String repository = request.query().text("repo");
        if (repository.isEmpty()) {
            throw JorchException.invalid("repo", "is missing: say what to name the image");
        }
        String tag = request.query().text("tag");
        String target = tag.isEmpty() ? repository : repository + ":" + tag;
        images.tag(request.path("name"), target);
        events.image("tag", images.inspect(target).id(), Map.of("name", target));
        return Answer.empty(201);
    }

    /// `noprune` would keep untagged parents, which images here don't have.
    private Answer remove(Request request) {
        List<ImageDeleteItem> removed = images.remove(request.path("name"), request.query().flag("force"));
        removed.forEach(this::tell);
        return Answer.json(removed);
    }

    private void tell(ImageDeleteItem item) {
        if (item.deleted().isEmpty()) {
            events.image("untag", item.untagged(), Map.of("name", item.untagged()));
        } else {
            events.image("delete", item.deleted(), Map.of("name", item.deleted()));
        }
    }

    private Answer prune(Request request) {
        Filters filters = request.query().filters("dangling", "until", "label", "label!");
        ImagePruneReport report = images.prune(new ImageFilter(filters.terms(), false));
        report.imagesDeleted().forEach(this::tell);
        events.image("prune", "", Map.of("reclaimed", Long.toString(report.spaceReclaimed())));
        return Answer.json(report);
    }
}
