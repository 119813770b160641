/// Media types that gzip makes shorter.
enum CompressibleType {
  /// Texts in any of their names; pictures, films and archives have a coding of their own.
  static func contains(_ contentType: String) -> Bool {
    let type = (contentType.split(separator: ";").first ?? "").trimmingSpacesAndTabs.lowercased()
    if type.hasPrefix("text/") || type.hasSuffix("+json") || type.hasSuffix("+xml") { return true }
    switch type {
    case "application/json", "application/proto", "application/x-ndjson", "application/xml",
      "application/javascript", "application/wasm", "application/yaml", "application/sql",
      "application/rtf", "image/bmp":
      return true
    default:
      return false
    }
  }
}

extension AnswerTraits {
  /// Whether gzip is worth a thought for an answer.
  func mayCompress(_ head: ResponseHead) -> Bool {
    isCompressible && (head.ownContentType.map(CompressibleType.contains) ?? true)
  }
}
