internal import CGRPC

/// Who is at the other end: asked only when somebody wants to know, and while the call is held,
/// which is what keeps the descriptor in the core's name for the peer from being another's.
extension ServerCall {
  private var connection: ConnectionInfo? {
    state.withLock { state in
      guard !state.released, let name = grpc_call_get_peer(call) else { return nil }
      defer { gpr_free(name) }  // The caller owns the string.
      return ConnectionTable.shared.connection(named: name)?.info
    }
  }

  var peerAddress: String { connection?.address ?? "" }

  var peerServerName: String? { connection?.serverName }

  var peerCertificatePEM: [UInt8]? { connection?.certificatePEM }

  var peerCertificateChainDER: [[UInt8]] { connection?.certificateChainDER ?? [] }
}
