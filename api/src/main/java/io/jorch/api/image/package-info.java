/// What a node's image store offers to the API endpoints, in Docker's words. Start at [ImageService].
@org.jspecify.annotations.NullMarked
package io.jorch.api.image;
