import NIOCore
import RPC
import Transcoding

/// Makes messages of a body that is a stream of JSON: an array, or a value on each line.
///
/// Each value is bound as the body of a unary request would be, with what the path and the query
/// say: every message is whole by itself. A value is read when the handler asks for it, so that one
/// that is wrong does not take away those before it.
final class JSONFraming: UploadFraming {
  private var sequence: JSONSequence
  private let bind: (UnsafeRawBufferPointer, _ isFirst: Bool) throws(TranscodingError) -> [UInt8]
  private var isOver = false

  var held: Int { sequence.held }

  /// - Parameters:
  ///   - limit: The most bytes of one value.
  ///   - bind: Makes a message of a value.
  init(
    _ form: JSONSequenceForm, limit: Int,
    _ bind: @escaping (UnsafeRawBufferPointer, Bool) throws(TranscodingError) -> [UInt8]
  ) {
    sequence = JSONSequence(form, limit: limit)
    self.bind = bind
  }

  func next(
    _ waiting: inout CircularBuffer<ByteBuffer>, isLast: Bool
  ) throws(Failure) -> MessageBytes? {
    do throws(TranscodingError) {
      while var buffer = waiting.popFirst() {
        buffer.moveReaderIndex(forwardBy: try feed(buffer))
        if buffer.readableBytes > 0 { waiting.prepend(buffer) }
        if let value = sequence.value { return try message(value) }
      }
      guard isLast, !isOver else { return nil }
      isOver = true
      return try sequence.finish().map { value throws(TranscodingError) in try message(value) }
    } catch {
      throw Failure(error)
    }
  }

  private func feed(_ buffer: ByteBuffer) throws(TranscodingError) -> Int {
    // The closure of a buffer throws anything or nothing: the one error goes around it.
    let taken = buffer.withUnsafeReadableBytes { bytes -> Result<Int, TranscodingError> in
      do throws(TranscodingError) {
        return .success(try sequence.feed(bytes))
      } catch {
        return .failure(error)
      }
    }
    return try taken.get()
  }

  private func message(_ value: [UInt8]) throws(TranscodingError) -> MessageBytes {
    let number = sequence.count
    let bound = value.withUnsafeBytes { bytes -> Result<[UInt8], TranscodingError> in
      do throws(TranscodingError) {
        return .success(try bind(bytes, number == 1))
      } catch {
        return .failure(error)
      }
    }
    do throws(TranscodingError) {
      return MessageBytes(try bound.get())
    } catch {
      // The fields are those of the message: which of them, only this says.
      var error = error
      error.message = "message \(number) of the stream: \(error.message)"
      throw error
    }
  }
}

extension Route {
  /// What makes messages of a body of JSON values.
  ///
  /// - Throws: `Failure` with 415 for a body of another type.
  func framing(
    _ request: IncomingRequest, _ headers: RequestHeaders, _ values: [String], _ ifMatch: String?,
    limit: Int
  ) throws(Failure) -> JSONFraming {
    let form: JSONSequenceForm
    switch MediaType.content(headers.contentType ?? "") {
    case .json: form = .array
    case .lines: form = .lines
    // Without bytes there is nothing to be of a type.
    case .other where request.intake == nil: form = .lines
    default:
      var failure = Failure(
        415, .invalidArgument,
        "the request body must be application/json with an array, or application/x-ndjson")
      failure.accepts = "application/json, application/x-ndjson"
      throw failure
    }
    let (binder, verb, query) = (binder, request.verb, request.query)
    let idempotencyKey = headers.idempotencyKey
    return JSONFraming(form, limit: limit) { value, isFirst throws(TranscodingError) in
      // What the headers say is said once: the first message has it.
      try binder.bind(
        RequestFacts(
          verb: verb, pathValues: values, query: query, body: value, bodyKind: .json,
          ifMatch: isFirst ? ifMatch : nil, idempotencyKey: isFirst ? idempotencyKey : nil)
      ).wire
    }
  }
}
