package io.jorch.raft.state;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.jorch.api.object.StoredObject;

/// One change to one object, made over a known version of it.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "Op")
@JsonSubTypes({@JsonSubTypes.Type(value = Change.Put.class, name = "put"),
        @JsonSubTypes.Type(value = Change.Delete.class, name = "delete")})
public sealed interface Change {
    StoredObject.Kind kind();

    String id();

    /// Stores the object. It was planned over the version in the object's own meta: 0 means that it must be new.
    record Put(StoredObject object) implements Change {
        @Override
        public StoredObject.Kind kind() {
            return object.kind();
        }

        @Override
        public String id() {
            return object.id();
        }
    }

    /// @param version that the object must have
    record Delete(StoredObject.Kind kind, String id, long version) implements Change {
        public static Delete of(StoredObject object) {
            return new Delete(object.kind(), object.id(), object.meta().version());
        }
    }
}
