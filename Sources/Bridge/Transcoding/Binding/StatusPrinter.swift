/// Prints errors as AIP-193 has them:
///
///     {"error":{"code":404,"message":"…","status":"NOT_FOUND","details":[{"@type":"…",…}]}}
public struct StatusPrinter: Sendable {
  private let types: Permanent<TypeTable>?
  /// Keeps what the types point at.
  private let region: SchemaRegion

  /// - Parameter schema: knows the types of the details; others are printed as their bytes.
  public init(schema: Schema) {
    types = schema.types
    region = schema.region
  }

  /// The body of an error response. Never fails: a detail that cannot be printed as its type keeps
  /// `@type` and its bytes as base64 in `value`, and details that are not a status at all are left
  /// out.
  ///
  /// - Parameters:
  ///   - httpCode: the status code of the response.
  ///   - statusName: the name in `google.rpc.Code`, such as `NOT_FOUND`.
  ///   - message: for people.
  ///   - statusDetails: a serialized `google.rpc.Status`, as in `grpc-status-details-bin`; may be
  ///     empty.
  public func json(
    httpCode: Int, statusName: String, message: String, statusDetails: [UInt8]
  ) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(256 + message.utf8.count + 2 * statusDetails.count)
    output += "{\"error\":{\"code\":\(httpCode),\"message\":".utf8
    output += JSONText.quoted(message).utf8
    output += ",\"status\":".utf8
    output += JSONText.quoted(statusName).utf8
    output += ",\"details\":[".utf8
    var isFirst = true
    statusDetails.withUnsafeBufferPointer { buffer in
      for detail in StatusPrinter.details(Bytes(buffer)) {
        if !isFirst { output.append(UInt8(ascii: ",")) }
        isFirst = false
        print(detail, &output)
      }
    }
    output += "]}}".utf8
    return output
  }

  /// The parts of a detail.
  private struct Detail {
    var url = Bytes.empty
    var value = Bytes.empty
  }

  private func print(_ detail: Detail, _ output: inout [UInt8]) {
    output += "{\"@type\":".utf8
    output += JSONText.quoted(detail.url.text).utf8
    if let type = types?.pointee.find(url: detail.url) {
      var members: [UInt8] = []
      let wire = UnsafeRawBufferPointer(detail.value.buffer)
      do throws(TranscodingError) {
        try JSONBody.print(
          wire, as: type, budget: StatusPrinter.memoryBudget, keepsCorruptAny: true, into: &members
        ) { printer, message throws(Fault) in
          if type.pointee.wellKnown.isNestedInAny {
            printer.output.literal(",\"value\":")
            try printer.message(type, message)
          } else {
            _ = try printer.members(type, message, isFirst: false)
          }
        }
        output += members
      } catch {
        // Bytes that are not what their type says are kept as bytes.
        append(bytes: detail.value, &output)
      }
    } else {
      append(bytes: detail.value, &output)
    }
    output.append(UInt8(ascii: "}"))
  }

  private func append(bytes: Bytes, _ output: inout [UInt8]) {
    var text = JSONOutput(capacity: Base64.encodedLength(bytes.count) + 2)
    text.base64(bytes)
    output += ",\"value\":".utf8
    output.append(contentsOf: text.buffer)
  }

  /// What the details of one error may take.
  private static let memoryBudget = 1 << 20

  /// The field `details` (3) of a `google.rpc.Status`; nothing if the bytes are not one.
  private static func details(_ status: Bytes) -> [Detail] {
    var details: [Detail] = []
    do throws(Fault) {
      try each(of: status) { number, content throws(Fault) in
        guard number == 3 else { return }
        var detail = Detail()
        try each(of: content) { number, content throws(Fault) in
          if number == 1 { detail.url = content }
          if number == 2 { detail.value = content }
        }
        details.append(detail)
      }
    } catch {
      return []
    }
    return details
  }

  /// Calls a closure for each length-delimited field.
  private static func each(
    of message: Bytes, _ body: (UInt32, Bytes) throws(Fault) -> Void
  ) throws(Fault) {
    var reader = WireReader(message)
    while !reader.isAtEnd {
      let tag = try reader.tag()
      if tag.wireType == 2 {
        try body(tag.number, try reader.delimited())
      } else {
        try reader.skipValue(number: tag.number, wireType: tag.wireType, depth: 0)
      }
    }
  }
}
