import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// A request as the stub sees it.
struct StubRequest: Sendable {
  let method: String
  let path: String
  let headers: [String: String]
  let body: String
}

/// What the stub answers; nil ends the connection without an answer.
struct StubReply: Sendable {
  var status = 200
  var headers: [(String, String)] = []
  var body: String
}

/// A small HTTP/1.1 server inside the test process, on a free port of the loopback address.
final class StubServer: Sendable {
  typealias Answer = @Sendable (StubRequest) async -> StubReply?

  private let channel: any Channel

  var port: Int { channel.localAddress?.port ?? 0 }

  init(tls: NIOSSLContext? = nil, _ answer: @escaping Answer) async throws {
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
          try pipeline.configureHTTPServerPipeline()
          try pipeline.addHandler(StubHandler(answer))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
  }

  func stop() async throws { try await channel.close() }
}

private final class StubHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart

  private let answer: StubServer.Answer
  private var head: HTTPRequestHead?
  private var body = ""

  init(_ answer: @escaping StubServer.Answer) { self.answer = answer }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): self.head = head
    case .body(let part): body += String(buffer: part)
    case .end:
      guard let head else { return }
      let headers = Dictionary(
        head.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { $0 + "," + $1 })
      let request = StubRequest(
        method: head.method.rawValue, path: head.uri, headers: headers, body: body)
      self.head = nil
      body = ""
      let (channel, answer) = (context.channel, answer)
      Task {
        guard let reply = await answer(request) else {
          // Already closed is closed as well.
          try? await channel.close()
          return
        }
        var response = HTTPResponseHead(
          version: .http1_1, status: HTTPResponseStatus(statusCode: reply.status),
          headers: HTTPHeaders(reply.headers))
        response.headers.add(name: "content-length", value: String(reply.body.utf8.count))
        channel.write(HTTPServerResponsePart.head(response), promise: nil)
        channel.write(
          HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(string: reply.body))), promise: nil)
        // The client may be gone: that is what some tests are about.
        try? await channel.writeAndFlush(HTTPServerResponsePart.end(nil))
      }
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // Clients that refuse a certificate break off.
    context.close(promise: nil)
  }
}
