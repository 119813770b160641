/// Media types of requests (RFC 9110 sections 8.3 and 12.5.1).
enum MediaType {
  /// What a request body is.
  enum Content {
    case json
    case mergePatch
    case form
    case multipart
    /// JSON, a value on each line.
    case lines
    case other
  }

  /// Reads `Content-Type`. A charset other than UTF-8 makes it something else.
  static func content(_ value: String) -> Content {
    if value == "application/json" { return .json }
    let parts = value.split(separator: ";", omittingEmptySubsequences: false)
    for parameter in parts.dropFirst() {
      let pair = parameter.split(separator: "=", maxSplits: 1).map(trimmed)
      guard pair.count == 2, pair[0] == "charset" else { continue }
      guard pair[1] == "utf-8" || pair[1] == "\"utf-8\"" else { return .other }
    }
    switch parts.first.map(trimmed) {
    case "application/json": return .json
    case "application/merge-patch+json": return .mergePatch
    case "application/x-www-form-urlencoded": return .form
    case "multipart/form-data": return .multipart
    case "application/x-ndjson", "application/ndjson", "application/jsonl": return .lines
    default: return .other
    }
  }

  /// Whether `Accept` admits `application/json`.
  static func admitsJSON(_ accept: String) -> Bool {
    if accept == "*/*" || accept == "application/json" { return true }
    let ranges = MediaRange.list(accept)
    return ranges.isEmpty || MediaRange.weight(of: "application/json", in: ranges).quality > 0
  }

  /// The form in which `Accept` wants a stream; nil where it admits none.
  ///
  /// The greatest quality wins, then the range that comes first; NDJSON goes before the others
  /// where one wildcard admits them all.
  static func stream(_ accept: String) -> StreamFormat? {
    let ranges = MediaRange.list(accept)
    guard !ranges.isEmpty else { return .lines }
    var best: (format: StreamFormat, weight: MediaRange.Weight)?
    for format in [StreamFormat.lines, .array, .events] {
      let weight = MediaRange.weight(of: format.mediaType, in: ranges)
      guard weight.quality > 0 else { continue }
      if let current = best?.weight {
        guard
          weight.quality > current.quality
            || (weight.quality == current.quality && weight.position < current.position)
        else { continue }
      }
      best = (format, weight)
    }
    return best?.format
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.trimmingSpaces).lowercased()
  }
}

/// One member of an `Accept` header.
private struct MediaRange {
  /// How much a type is wanted, and by which member.
  struct Weight {
    /// In thousandths.
    var quality: Int
    var position: Int
  }

  var name: String
  var quality: Int

  /// Members that are not media ranges are left out.
  static func list(_ accept: String) -> [MediaRange] {
    accept.split(separator: ",").compactMap { member in
      let parts = member.split(separator: ";")
      guard let first = parts.first else { return nil }
      let name = first.trimmingSpaces.lowercased()
      guard name.contains("/") else { return nil }
      var quality = 1_000
      for parameter in parts.dropFirst() {
        let text = parameter.trimmingSpaces.lowercased()
        if text.hasPrefix("q=") { quality = thousandths(text.dropFirst(2)) }
      }
      return MediaRange(name: name, quality: quality)
    }
  }

  /// The weight of a type by the most specific range that it falls into.
  static func weight(of type: String, in ranges: [MediaRange]) -> Weight {
    let wildcard = type.prefix { $0 != "/" } + "/*"
    for name in [type[...], wildcard, "*/*"] {
      if let position = ranges.firstIndex(where: { $0.name == name }) {
        return Weight(quality: ranges[position].quality, position: position)
      }
    }
    return Weight(quality: 0, position: ranges.count)
  }

  /// `0.5` as 500; 0 for what is not a quality (RFC 9110 section 12.4.2).
  private static func thousandths(_ text: Substring) -> Int {
    guard let value = Double(text), value >= 0, value <= 1 else { return 0 }
    return Int(value * 1_000)
  }
}

extension Substring {
  /// Without spaces and tabs at both ends.
  fileprivate var trimmingSpaces: Substring {
    var text = drop { $0 == " " || $0 == "\t" }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return text
  }
}
