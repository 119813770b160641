import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// An HTTP server on loopback that answers from a table.
final class DocumentServer: Sendable {
  struct Answer: Sendable {
    var status = 200
    var headers: [String: String] = [:]
    var body: String
    /// Without a length, in pieces.
    var isChunked = false
    /// Never answers.
    var isSilent = false
  }

  struct Identity: Sendable {
    let certificatePEM: String
    let keyPEM: String
  }

  private let channel: any Channel
  private let count: Counter
  let port: Int

  var url: String { "http://127.0.0.1:\(port)" }
  var requests: Int { count.value }

  static func with(
    _ answers: [String: Answer], identity: Identity? = nil,
    _ body: (DocumentServer) async throws -> Void
  ) async throws {
    let server = try await DocumentServer(answers, identity: identity)
    do {
      try await body(server)
      try await server.channel.close()
    } catch {
      try await server.channel.close()
      throw error
    }
  }

  private init(_ answers: [String: Answer], identity: Identity?) async throws {
    let tls = try identity.map { identity in
      try NIOSSLContext(
        configuration: .makeServerConfiguration(
          certificateChain: NIOSSLCertificate.fromPEMBytes(Array(identity.certificatePEM.utf8))
            .map { .certificate($0) },
          privateKey: .privateKey(
            NIOSSLPrivateKey(bytes: Array(identity.keyPEM.utf8), format: .pem))))
    }
    let count = Counter()
    self.count = count
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let tls {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
          }
          try channel.pipeline.syncOperations.configureHTTPServerPipeline()
          try channel.pipeline.syncOperations.addHandler(Handler(answers: answers, count: count))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    port = channel.localAddress?.port ?? 0
  }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let answers: [String: Answer]
    private let count: Counter

    init(answers: [String: Answer], count: Counter) {
      self.answers = answers
      self.count = count
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      guard case .head(let head) = unwrapInboundIn(data) else { return }
      count.increment()
      let answer = answers[head.uri] ?? Answer(status: 404, body: "")
      guard !answer.isSilent else { return }
      var headers = HTTPHeaders(answer.headers.map { ($0.key, $0.value) })
      if !answer.isChunked {
        headers.add(name: "content-length", value: String(answer.body.utf8.count))
      }
      let response = HTTPResponseHead(
        version: .http1_1, status: .init(statusCode: answer.status), headers: headers)
      context.write(wrapOutboundOut(.head(response)), promise: nil)
      context.write(
        wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: answer.body)))), promise: nil)
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      // A client that refuses the certificate leaves in the middle of the handshake.
      context.close(promise: nil)
    }
  }
}
