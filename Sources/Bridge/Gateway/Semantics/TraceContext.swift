import Telemetry

/// W3C Trace Context: `traceparent` and `tracestate`.
enum TraceContext {
  /// Whether a value names a trace and a span (section 3.2). Of later versions only the start is
  /// known.
  static func isParent(_ text: String) -> Bool { SpanContext(traceparent: text) != nil }

  /// Whether a value is a list of vendors' states (section 3.3): 32 at most, each key once.
  static func isState(_ text: String) -> Bool {
    guard text.utf8.count <= 4_096 else { return false }
    var keys: Set<Substring> = []
    for member in text.split(separator: ",") {
      let member = member.trimmingSpacesAndTabs
      guard !member.isEmpty else { continue }
      guard let mark = member.firstIndex(of: "="), isKey(member[..<mark]),
        isValue(member[member.index(after: mark)...]), keys.insert(member[..<mark]).inserted
      else { return false }
    }
    return (1...32).contains(keys.count)
  }

  /// `simple-key`, or a tenant's behind an `@`.
  private static func isKey(_ key: Substring) -> Bool {
    let bytes = key.utf8
    guard (1...256).contains(bytes.count), let first = bytes.first,
      (0x61...0x7A).contains(first) || (0x30...0x39).contains(first)
    else { return false }
    var ats = 0
    for byte in bytes {
      switch byte {
      case 0x61...0x7A, 0x30...0x39, 0x5F, 0x2D, 0x2A, 0x2F: break
      case 0x40: ats += 1
      default: return false
      }
    }
    guard ats == 1 else { return ats == 0 }
    let parts = key.split(separator: "@", omittingEmptySubsequences: false)
    return (1...241).contains(parts[0].utf8.count) && (1...14).contains(parts[1].utf8.count)
  }

  private static func isValue(_ value: Substring) -> Bool {
    let bytes = value.utf8
    return (1...256).contains(bytes.count)
      && bytes.allSatisfy { $0 >= 0x20 && $0 <= 0x7E && $0 != 0x2C && $0 != 0x3D }
  }
}
