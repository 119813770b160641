import NIOCore
import NIOHTTP1
import Telemetry

/// Answers requests for metrics, one behind the other.
final class MetricsAnswer: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let registry: MetricRegistry
  private var head: HTTPRequestHead?

  init(registry: MetricRegistry) { self.registry = registry }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch Self.unwrapInboundIn(data) {
    case .head(let head): self.head = head
    // A body says nothing, and is not kept.
    case .body: break
    case .end:
      guard let head else { return }
      self.head = nil
      answer(head, context)
    }
  }

  private func answer(_ request: HTTPRequestHead, _ context: ChannelHandlerContext) {
    let path = request.uri.prefix { $0 != "?" }
    switch (path, request.method) {
    case ("/metrics", .GET), ("/metrics", .HEAD):
      let format = Exposition.Format(accept: request.headers["accept"].joined(separator: ","))
      write(
        .ok, format.contentType, Exposition.text(of: registry, as: format), request, context)
    case ("/metrics", _): write(.methodNotAllowed, "text/plain", "", request, context)
    default: write(.notFound, "text/plain", "metrics are at /metrics\n", request, context)
    }
  }

  private func write(
    _ status: HTTPResponseStatus, _ type: String, _ text: String, _ request: HTTPRequestHead,
    _ context: ChannelHandlerContext
  ) {
    var fields: HTTPHeaders = [
      "content-type": type, "content-length": "\(text.utf8.count)",
      "x-content-type-options": "nosniff", "cache-control": "no-store",
    ]
    if status == .methodNotAllowed { fields.add(name: "allow", value: "GET, HEAD") }
    if !request.isKeepAlive { fields.add(name: "connection", value: "close") }
    let head = HTTPResponseHead(version: .http1_1, status: status, headers: fields)
    context.write(Self.wrapOutboundOut(.head(head)), promise: nil)
    if request.method != .HEAD {
      context.write(
        Self.wrapOutboundOut(.body(.byteBuffer(context.channel.allocator.buffer(string: text)))),
        promise: nil)
    }
    let end = context.writeAndFlush(Self.wrapOutboundOut(.end(nil)))
    guard !request.isKeepAlive else { return }
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    end.whenComplete { _ in bound.value.close(promise: nil) }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is IdleStateHandler.IdleStateEvent {
      context.close(promise: nil)
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
