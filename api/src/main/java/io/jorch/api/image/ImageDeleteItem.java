package io.jorch.api.image;

/// Docker's `ImageDeleteResponseItem`: exactly one of the two is not empty.
///
/// @param untagged a name that is gone
/// @param deleted an id that is gone with its last name
public record ImageDeleteItem(String untagged, String deleted) {
    public static ImageDeleteItem ofName(String name) {
        return new ImageDeleteItem(name, "");
    }

    public static ImageDeleteItem ofId(String id) {
        return new ImageDeleteItem("", id);
    }
}
