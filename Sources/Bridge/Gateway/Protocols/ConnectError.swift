import GeneratedGoogle
import RPC
import SwiftProtobuf

/// Errors and the ends of streams as Connect writes them (Connect, "Error and EndStreamResponse").
enum ConnectError {
  /// `{"code":"not_found","message":"…","details":[…]}`
  static func json(_ error: RPCError) -> [UInt8] {
    var text = "{\"code\":\"\(code(error.code))\",\"message\":\(quoted(error.message))"
    let details = details(error.statusDetails)
    if !details.isEmpty { text += ",\"details\":[\(details.joined(separator: ","))]" }
    return Array((text + "}").utf8)
  }

  /// `{"error":{…},"metadata":{"key":["value"]}}`
  static func endOfStream(_ error: RPCError?, _ metadata: Metadata) -> [UInt8] {
    var members: [String] = []
    if let error { members.append("\"error\":" + String(decoding: json(error), as: UTF8.self)) }
    var values: [String: [String]] = [:]
    for field in RPCFields.fields(metadata) { values[field.name, default: []].append(field.value) }
    if !values.isEmpty {
      let pairs = values.sorted { $0.key < $1.key }.map { key, values in
        "\(quoted(key)):[\(values.map(quoted).joined(separator: ","))]"
      }
      members.append("\"metadata\":{\(pairs.joined(separator: ","))}")
    }
    return Array("{\(members.joined(separator: ","))}".utf8)
  }

  /// Connect has one l in `canceled`.
  private static func code(_ code: RPCError.Code) -> String {
    code == .cancelled ? "canceled" : code.name.lowercased()
  }

  private static func details(_ bytes: [UInt8]) -> [String] {
    // Details that cannot be read count as none.
    guard !bytes.isEmpty, let status = try? Google_Rpc_Status(serializedBytes: bytes) else {
      return []
    }
    return status.details.map { detail in
      let type = detail.typeURL.split(separator: "/").last.map(String.init) ?? ""
      return "{\"type\":\(quoted(type)),\"value\":\"\(RPCFields.base64(Array(detail.value)))\"}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
