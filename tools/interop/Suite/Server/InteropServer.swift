import GeneratedTesting
public import RPC

/// What a server of gRPC's interoperability tests serves.
public enum InteropServer {
  /// The methods of `grpc.testing.TestService`, without the one that is there to be missing.
  public static var methods: [RegisteredMethod] {
    var router = RPCRouter()
    router.register(TestService())
    let missing = Grpc_Testing_TestService.Method.UnimplementedCall.descriptor
    return router.methods.filter { $0.descriptor != missing }.map(ExpectedCompression.check)
  }

  /// The methods of a service that fails, waits and answers as a call's metadata asks: what the
  /// test service cannot do.
  public static var probe: [RegisteredMethod] {
    var router = RPCRouter()
    router.register(ProbeService())
    return router.methods
  }
}
