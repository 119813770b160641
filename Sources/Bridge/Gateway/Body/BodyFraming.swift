import NIOCore
import RPC
import Transcoding

/// Makes messages of a body that the method takes as it is: the first has what the path, the query
/// and the headers say and the first piece, those behind it a piece each.
final class BodyFraming: UploadFraming {
  private let place: HTTPBodyPlace
  private let first: [UInt8]
  private let contentType: String
  private var isFirst = true

  init(_ place: HTTPBodyPlace, first: [UInt8], contentType: String) {
    self.place = place
    self.first = first
    self.contentType = contentType
  }

  func next(
    _ waiting: inout CircularBuffer<ByteBuffer>, isLast: Bool
  ) throws(Failure) -> MessageBytes? {
    guard !waiting.isEmpty || (isLast && isFirst) else { return nil }
    var pieces: [ByteBuffer] = []
    var room = Upload.pieceLimit
    while room > 0, var piece = waiting.popFirst() {
      if piece.readableBytes > room, let head = piece.readSlice(length: room) {
        waiting.prepend(piece)
        piece = head
      }
      room -= piece.readableBytes
      pieces.append(piece)
    }
    defer { isFirst = false }
    return Self.with(pieces) { data in
      place.message(isFirst ? first : [], contentType: isFirst ? contentType : "", data: data)
    }
  }

  /// Calls a closure with the bytes of several buffers, none of them copied.
  private static func with<R>(
    _ pieces: [ByteBuffer], _ body: ([UnsafeRawBufferPointer]) -> R
  ) -> R {
    func step(_ index: Int, _ found: [UnsafeRawBufferPointer]) -> R {
      guard index < pieces.count else { return body(found) }
      return pieces[index].withUnsafeReadableBytes { step(index + 1, found + [$0]) }
    }
    return step(0, [])
  }
}

extension Upload {
  /// What takes the body of a request; nil where the handler gets one message.
  ///
  /// - Throws: `Failure` where the path or the query says what the method does not take.
  convenience init?(
    _ request: IncomingRequest, _ headers: RequestHeaders, _ route: Route, _ values: [String],
    messageLimit: Int
  ) throws(Failure) {
    guard route.takesUpload else { return nil }
    if let failure = ContentCoding.request(headers.contentEncoding).failure { throw failure }
    let ifMatch = try request.traits.plan.demand()
    guard let place = route.requestBodyPlace else {
      self.init(
        try route.framing(request, headers, values, ifMatch, limit: messageLimit), request.intake)
      return
    }
    let contentType = headers.contentType ?? ""
    guard route.acceptsForms, let boundary = MultipartBoundary.read(contentType) else {
      self.init(
        BodyFraming(
          place, first: try route.fields(request, headers, values, ifMatch).wire,
          contentType: contentType),
        request.intake)
      return
    }
    let framing = try MultipartFraming(
      place, boundary: boundary, partLimit: route.partLimit, query: request.query
    ) { query throws(TranscodingError) in
      try route.fields(query, request, headers, values, ifMatch).wire
    }
    self.init(framing, request.intake)
  }
}

extension Route {
  /// The message of a request whose body the method takes as it is, and what else the request says;
  /// nil where its body is mapped.
  ///
  /// - Throws: `Failure` where the path or the query says what the method does not take.
  func message(
    _ request: IncomingRequest, _ headers: RequestHeaders, _ values: [String], ifMatch: String?
  ) throws(Failure) -> (MessageBytes, BoundRequest)? {
    guard let place = requestBodyPlace else { return nil }
    // An upload has its messages when it is read; a form's fields may be in its body.
    guard !takesUpload else {
      return (
        MessageBytes([]),
        acceptsForms ? BoundRequest(wire: []) : try fields(request, headers, values, ifMatch)
      )
    }
    if let failure = ContentCoding.request(headers.contentEncoding).failure { throw failure }
    let first = try fields(request, headers, values, ifMatch)
    let message = (request.body ?? ByteBuffer()).withUnsafeReadableBytes { data in
      place.message(first.wire, contentType: headers.contentType ?? "", data: [data])
    }
    return (message, first)
  }

  /// What the path, the query and the headers say.
  fileprivate func fields(
    _ request: IncomingRequest, _ headers: RequestHeaders, _ values: [String], _ ifMatch: String?
  ) throws(Failure) -> BoundRequest {
    do throws(TranscodingError) {
      return try fields(request.query, request, headers, values, ifMatch)
    } catch {
      throw Failure(error)
    }
  }

  fileprivate func fields(
    _ query: Substring, _ request: IncomingRequest, _ headers: RequestHeaders,
    _ values: [String], _ ifMatch: String?
  ) throws(TranscodingError) -> BoundRequest {
    try binder.bind(
      RequestFacts(
        verb: request.verb, pathValues: values, query: query, ifMatch: ifMatch,
        idempotencyKey: headers.idempotencyKey))
  }
}
