import RPC
import TestSupport
import Testing

@testable import Upstream

@Suite("Metadata for another server") struct ForwardedMetadataTests {
  private func forwarded(_ metadata: Metadata, from address: String = "") -> Metadata {
    Metadata.forwarded(
      of: ServerContext(
        method: MethodDescriptor(
          service: ServiceDescriptor(fullyQualifiedService: "a.B"), method: "C", kind: .unary),
        metadata: metadata, peer: Peer(address: address, door: .rest)))
  }

  @Test("passes on as it is, bytes too, in order")
  func passes() {
    var metadata: Metadata = ["authorization": "Bearer x", "traceparent": "00-1-2-01"]
    metadata.add("a", for: "x-list")
    metadata.add("b", for: "x-list")
    metadata.add(binary: [0, 255], for: "x-key-bin")
    #expect(forwarded(metadata) == metadata)
  }

  @Test(
    "leaves out what belongs to the connection",
    arguments: [
      "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "te",
      "trailer", "host", "content-type", "content-length", "user-agent", "grpc-timeout",
      "grpc-encoding", "forwarded", "x-forwarded-for",
    ])
  func connection(_ key: String) {
    #expect(forwarded([key: "x"]).isEmpty)
  }

  @Test("leaves out what gRPC cannot carry: the rest of the call goes on")
  func illegal() {
    var metadata: Metadata = ["näme": "x", "": "x", ":path": "/", "x-text": "ö", "x-bin": "text"]
    metadata.add(binary: [1], for: "x-bytes")
    metadata.add("kept", for: "x-kept")
    #expect(forwarded(metadata) == ["x-kept": "kept"])
  }

  @Test(
    "says where the caller is",
    arguments: [
      ("ipv4:192.0.2.1:40000", "192.0.2.1"), ("ipv6:[2001:db8::1]:40000", "2001:db8::1"),
      ("127.0.0.1:80", "127.0.0.1"), ("[::1]:80", "::1"), ("192.0.2.1", "192.0.2.1"),
      ("2001:db8::1", "2001:db8::1"),
    ])
  func address(_ address: String, _ host: String) {
    #expect(forwarded([:], from: address) == ["x-forwarded-for": .string(host)])
  }

  @Test(
    "says nothing of a caller without an IP address", arguments: ["", "unix:", "unix:/run/a.b"])
  func noAddress(_ address: String) {
    #expect(forwarded([:], from: address).isEmpty)
  }
}
