internal import CGRPC
internal import COpenSSL
internal import Glibc

extension RPCServer {
  /// Calls the server as a client would, through its real port: what listens but does not answer is
  /// not up.
  ///
  /// Without TLS a call is made, and any answer is one. With TLS the handshake is begun without a
  /// certificate and a name, and any answer of the server's, a refusal too, is one.
  ///
  /// - Throws: `ServerStartError` where nothing answers in time.
  public func probe(timeout: Duration) async throws {
    guard let address = boundAddress else {
      throw ServerStartError(description: "the server does not run")
    }
    switch configuration.security {
    case .plaintext: try await probeCall(address, timeout)
    case .mutualTLS: try await probeHandshake(address, timeout)
    }
  }

  private func probeCall(_ address: String, _ timeout: Duration) async throws {
    let client = RPCClient(configuration: ClientConfiguration(target: address))
    do {
      _ = try await client.unary(
        path: "/grpc.health.v1.Health/Check", MessageBytes(repeating: 0, count: 0),
        options: CallOptions(timeout: timeout, waitForReady: true))
    } catch let error as RPCError where ![.deadlineExceeded, .unavailable].contains(error.code) {
      // Whatever the server says of the call, it answers.
    } catch {
      throw ServerStartError(description: "\(address) does not answer: \(error)")
    }
  }

  private func probeHandshake(_ address: String, _ timeout: Duration) async throws {
    let seconds = max(1, Int(timeout / .seconds(1)))
    let answered = await withCheckedContinuation { continuation in
      // Blocks, so on a thread of its own.
      OSThread.run(named: "rpc-probe") {
        // libssl writes without MSG_NOSIGNAL.
        artel_block_signals()
        continuation.resume(returning: artel_tls_probe(address, Int32(seconds)) != 0)
      }
    }
    guard answered else {
      throw ServerStartError(description: "\(address) does not answer TLS handshakes")
    }
  }

  /// What a client on this machine reaches the server by; nil while it does not run.
  private var boundAddress: String? {
    guard let port = portListener?.port else { return nil }
    guard port > 0, let colon = configuration.address.lastIndex(of: ":") else {
      return configuration.address
    }
    let host =
      switch configuration.address[..<colon] {
      case "0.0.0.0": "127.0.0.1"
      case "[::]": "[::1]"
      case let host: String(host)
      }
    return "\(host):\(port)"
  }
}
