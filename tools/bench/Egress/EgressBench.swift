import AsyncHTTPClient
import Egress
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// Calls a server of this process by the egress client and by plain AsyncHTTPClient, in turns, and
/// says how many calls each makes a second.
@main
struct EgressBench {
  static func main() async throws {
    let calls = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 20_000
    let callers = CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? 16
    let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.configureHTTPServerPipeline()
          try channel.pipeline.syncOperations.addHandler(Answers())
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let authority = EgressAuthority(host: "127.0.0.1", port: server.localAddress?.port ?? 0)
    let url = "http://\(authority)/v1/x"
    let plain = HTTPClient(eventLoopGroupProvider: .singleton)
    let egress = try EgressClient(policy: EgressPolicy(loopback: [authority]))
    let destination = EgressDestination(
      .init(purpose: .partner, tenantID: "t", name: "p"), authorities: [authority])
    for round in 1...5 {
      let one = try await measure(calls, callers) {
        let response = try await plain.execute(HTTPClientRequest(url: url), timeout: .seconds(10))
        _ = try await response.body.collect(upTo: 1 << 16)
      }
      let other = try await measure(calls, callers) {
        _ = try await egress.call(
          EgressRequest(operation: "x", url: url), to: destination, until: .now + .seconds(10))
      }
      print("round \(round): AsyncHTTPClient \(one) calls/s, EgressClient \(other) calls/s")
    }
    try await plain.shutdown()
    try await egress.shutdown()
    try await server.close()
  }

  private static func measure(
    _ calls: Int, _ callers: Int, _ call: @escaping @Sendable () async throws -> Void
  ) async throws -> Int {
    let begin = ContinuousClock.now
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<callers {
        group.addTask { for _ in 0..<(calls / callers) { try await call() } }
      }
      try await group.waitForAll()
    }
    let seconds = (ContinuousClock.now - begin) / .seconds(1)
    return Int(Double(calls / callers * callers) / seconds)
  }
}

private final class Answers: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .end = unwrapInboundIn(data) else { return }
    let head = HTTPResponseHead(
      version: .http1_1, status: .ok, headers: ["content-length": "2"])
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(
      wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: "{}")))), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }
}
