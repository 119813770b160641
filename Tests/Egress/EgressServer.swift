import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

@testable import Egress

/// Another system inside the test process: answers HTTP/1.1 on a free port of one address.
final class EgressServer: Sendable {
  struct Answer: Sendable {
    var status = 200
    var headers: [(String, String)] = []
    var body: [UInt8] = []
    /// What it does instead of answering.
    var fault: Fault?

    static func text(_ status: Int, _ body: String = "") -> Answer {
      Answer(status: status, body: Array(body.utf8))
    }
  }

  enum Fault: Sendable {
    /// Ends the connection.
    case drop
    /// Says nothing more.
    case silence
    /// Sends the head, and then nothing more.
    case halfBody
    /// Sends bytes that are no HTTP.
    case garbage
  }

  struct Request: Sendable {
    let method: String
    let path: String
    let headers: [String: String]
    let body: String
  }

  private let channel: any Channel
  private let seen = Mutex<[Request]>([])
  let host: String

  var port: Int { channel.localAddress?.port ?? 0 }
  var requests: [Request] { seen.withLock { $0 } }
  var authority: EgressAuthority { EgressAuthority(host: host, port: port) }

  static func with(
    host: String = "127.0.0.1", port: Int = 0, tls: NIOSSLContext? = nil,
    answer: @escaping @Sendable (Request, Int) -> Answer,
    _ body: (EgressServer) async throws -> Void
  ) async throws {
    let channel = Mutex<(@Sendable (Request) -> Answer)?>(nil)
    let server = try await EgressServer(host: host, port: port, tls: tls) { request in
      channel.withLock { $0 }?(request) ?? .text(500)
    }
    channel.withLock { slot in
      slot = { request in
        let number = server.seen.withLock { seen in
          seen.append(request)
          return seen.count
        }
        return answer(request, number)
      }
    }
    let result: Result<Void, any Error>
    do {
      try await body(server)
      result = .success(())
    } catch {
      result = .failure(error)
    }
    channel.withLock { $0 = nil }
    try await server.channel.close()
    try result.get()
  }

  private init(
    host: String, port: Int, tls: NIOSSLContext?,
    answer: @escaping @Sendable (Request) -> Answer
  ) async throws {
    self.host = host
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
          try pipeline.configureHTTPServerPipeline()
          try pipeline.addHandler(Handler(answer))
        }
      }
      .bind(host: host, port: port).get()
  }
}

private final class Handler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let answer: @Sendable (EgressServer.Request) -> EgressServer.Answer
  private var head: HTTPRequestHead?
  private var body = ""

  init(_ answer: @escaping @Sendable (EgressServer.Request) -> EgressServer.Answer) {
    self.answer = answer
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): self.head = head
    case .body(let part): body += String(buffer: part)
    case .end:
      guard let head else { return }
      let headers = Dictionary(
        head.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { $0 + "," + $1 })
      let request = EgressServer.Request(
        method: head.method.rawValue, path: head.uri, headers: headers, body: body)
      body = ""
      reply(answer(request), context)
    }
  }

  private func reply(_ answer: EgressServer.Answer, _ context: ChannelHandlerContext) {
    switch answer.fault {
    case .drop: return context.close(promise: nil)
    case .silence: return
    case .garbage:
      // The encoder's own handler context writes what no encoder touches.
      let bytes = ByteBuffer(string: "SSH-2.0-OpenSSH_9.9\r\n\r\n")
      do {
        let encoder = try context.pipeline.syncOperations.context(
          handlerType: HTTPResponseEncoder.self)
        encoder.writeAndFlush(NIOAny(IOData.byteBuffer(bytes)), promise: nil)
      } catch {
        context.close(promise: nil)
      }
      return
    case .halfBody, nil: break
    }
    var response = HTTPResponseHead(
      version: .http1_1, status: HTTPResponseStatus(statusCode: answer.status),
      headers: HTTPHeaders(answer.headers))
    let length = answer.body.count + (answer.fault == nil ? 0 : 1)
    response.headers.add(name: "content-length", value: String(length))
    context.write(wrapOutboundOut(.head(response)), promise: nil)
    context.write(
      wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: answer.body)))), promise: nil)
    if answer.fault == nil {
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    } else {
      context.flush()
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // Clients that refuse a certificate break off.
    context.close(promise: nil)
  }
}
