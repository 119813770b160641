/// The lengths of what HPACK's tables hold (RFC 7541, section 2.3): the static one, and the dynamic
/// one as the client's blocks have made it.
struct HeaderTable {
  /// A field's name and value, in bytes.
  struct Lengths: Equatable {
    var name: Int
    var value: Int
    /// Whether the field says which server the request is for.
    var namesServer = false
    /// And names another than TLS was made for.
    var isForeign = false

    /// What the field counts in tables and lists (section 4.1).
    var size: Int { name + value + 32 }
  }

  /// Appendix A.
  private static let fixed: [Lengths] = [
    (":authority", ""), (":method", "GET"), (":method", "POST"), (":path", "/"),
    (":path", "/index.html"), (":scheme", "http"), (":scheme", "https"), (":status", "200"),
    (":status", "204"), (":status", "206"), (":status", "304"), (":status", "400"),
    (":status", "404"), (":status", "500"), ("accept-charset", ""),
    ("accept-encoding", "gzip, deflate"), ("accept-language", ""), ("accept-ranges", ""),
    ("accept", ""), ("access-control-allow-origin", ""), ("age", ""), ("allow", ""),
    ("authorization", ""), ("cache-control", ""), ("content-disposition", ""),
    ("content-encoding", ""), ("content-language", ""), ("content-length", ""),
    ("content-location", ""), ("content-range", ""), ("content-type", ""), ("cookie", ""),
    ("date", ""), ("etag", ""), ("expect", ""), ("expires", ""), ("from", ""), ("host", ""),
    ("if-match", ""), ("if-modified-since", ""), ("if-none-match", ""), ("if-range", ""),
    ("if-unmodified-since", ""), ("last-modified", ""), ("link", ""), ("location", ""),
    ("max-forwards", ""), ("proxy-authenticate", ""), ("proxy-authorization", ""), ("range", ""),
    ("referer", ""), ("refresh", ""), ("retry-after", ""), ("server", ""), ("set-cookie", ""),
    ("strict-transport-security", ""), ("transfer-encoding", ""), ("user-agent", ""), ("vary", ""),
    ("via", ""), ("www-authenticate", ""),
  ].map {
    Lengths(
      name: $0.0.utf8.count, value: $0.1.utf8.count,
      namesServer: $0.0 == ":authority" || $0.0 == "host")
  }

  private let mostBytes: Int
  private var limit: Int
  private var entries: [Lengths] = []
  /// Entries before this one have been evicted.
  private var first = 0
  private(set) var bytes = 0

  init(mostBytes: Int) {
    self.mostBytes = mostBytes
    limit = mostBytes
  }

  /// The field of an index; nil where there is none.
  subscript(index: Int) -> Lengths? {
    guard index > 0 else { return nil }
    if index <= Self.fixed.count { return Self.fixed[index - 1] }
    let place = entries.count - (index - Self.fixed.count)
    return place >= first ? entries[place] : nil
  }

  /// Adds a field; one that is larger than the table empties it (section 4.4).
  mutating func insert(_ lengths: Lengths) {
    evict(to: limit - lengths.size)
    guard lengths.size <= limit else { return }
    entries.append(lengths)
    bytes += lengths.size
  }

  /// Changes the most bytes of the dynamic table; false above what is allowed.
  mutating func resize(_ bytes: Int) -> Bool {
    guard bytes <= mostBytes else { return false }
    limit = bytes
    evict(to: limit)
    return true
  }

  private mutating func evict(to most: Int) {
    while first < entries.count, bytes > most {
      bytes -= entries[first].size
      first += 1
    }
    // Now and then, so that each entry is moved once on average.
    if first > 64, first * 2 > entries.count {
      entries.removeFirst(first)
      first = 0
    }
  }
}
