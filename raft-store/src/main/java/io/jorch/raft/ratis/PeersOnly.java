package io.jorch.raft.ratis;

import java.util.EnumSet;
import org.apache.ratis.grpc.server.GrpcServices;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyServerBuilder;

/// Shuts Ratis' client and admin services, which it always puts on the port of the members: a proposal from outside
/// would pass by the leader loop, and an admin call could change the membership or remove the group.
final class PeersOnly implements GrpcServices.Customizer, ServerInterceptor {

    private static final String MEMBER_SERVICE = "ratis.grpc.RaftServerProtocolService";

    @Override
    public NettyServerBuilder customize(NettyServerBuilder builder, EnumSet<GrpcServices.Type> types) {
        return builder.intercept(this);
    }

    @Override
    public <Q, P> ServerCall.Listener<Q> interceptCall(ServerCall<Q, P> call, Metadata headers,
            ServerCallHandler<Q, P> next) {
        if (MEMBER_SERVICE.equals(call.getMethodDescriptor().getServiceName())) {
            return next.startCall(call, headers);
        }
        call.close(Status.UNIMPLEMENTED.withDescription("jorch members talk to each other only"), new Metadata());
        return new ServerCall.Listener<>() {
        };
    }
}
