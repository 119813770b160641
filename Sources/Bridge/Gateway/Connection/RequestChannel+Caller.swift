import RPC

extension RequestChannel {
  /// Who a request comes from.
  func caller(_ headers: RequestHeaders) -> Peer { core.caller(headers, peer) }
}

extension GatewayCore {
  /// Who a request comes from: the peer, or whom a trusted proxy speaks for. What TLS has proved is the
  /// connection's either way.
  func caller(_ headers: RequestHeaders, _ peer: Peer) -> Peer {
    guard let forwardedFor = headers.forwardedFor,
      let address = configuration.clientAddress?(peer.address, forwardedFor),
      address != peer.address
    else { return peer }
    return Peer(
      address: address, serverName: peer.serverName, certificatePEM: peer.certificatePEM,
      certificateChainDER: peer.certificateChainDER, door: peer.door)
  }
}
