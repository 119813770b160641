/// `Artel-Ignored-Fields`: the parameters and fields that a lenient method passed over, separated by
/// commas.
enum IgnoredFields {
  /// Nil where there are none. Callers choose the names: what no token has is percent-encoded.
  static func value(_ names: [String]) -> String? {
    guard !names.isEmpty else { return nil }
    var text = ""
    for name in names {
      if !text.isEmpty { text += ", " }
      PercentCoding.append(name, to: &text) { byte in
        (byte.isToken && byte != 0x25) || byte == 0x5B || byte == 0x5D
      }
    }
    return text
  }
}
