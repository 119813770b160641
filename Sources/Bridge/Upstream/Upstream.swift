/// Serves the methods of another gRPC server by calling them there.
public enum Upstream {}
