/// What a node has, in people's terms: images found by name or id, described, filtered. Start at [ImageCatalog].
@org.jspecify.annotations.NullMarked
package io.jorch.images.catalog;
