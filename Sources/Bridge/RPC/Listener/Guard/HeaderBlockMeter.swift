internal import Mutation

/// Measures header blocks (RFC 7541) as their bytes come, without reading what they say, but for
/// the server that they name.
///
/// A block is refused at the first byte that makes its list too long, and at the end of a field that
/// names another server than TLS was made for (S-B12): before the core sees it.
struct HeaderBlockMeter {
  enum Fault: Sendable, Equatable {
    /// The list is longer than allowed, or a string says that it will be.
    case tooLong
    /// No HPACK.
    case malformed
    /// The request is for another server.
    case misdirected
  }

  /// What an integer or a string is for.
  private enum Purpose {
    case indexedField
    case nameIndex(adds: Bool)
    case tableSize
    case name(adds: Bool)
    case value(name: Int, namesServer: Bool, adds: Bool)
  }

  private enum State {
    case field
    case integer(Purpose, value: Int, shift: Int, huffman: Bool)
    case stringStart(Purpose)
    case string(Purpose, left: Int, length: Int)
    case huffmanString(Purpose, left: Int, HuffmanLength)
  }

  /// The name that TLS was made for, in lower case; nil where any server may be named.
  var serverName: [UInt8]?

  private let mostListBytes: Int
  private var table: HeaderTable
  private var state = State.field
  private var listBytes = 0
  private var sizeUpdates = 0
  private let mostSizeUpdates: Int
  // What is read of the string that comes.
  private var fieldMatch = ServerFieldMatch()
  private var nameMatch: ServerNameMatch?

  init(_ limits: FrameLimits) {
    mostListBytes = limits.headerListBytes
    mostSizeUpdates = limits.tableSizeUpdates
    table = HeaderTable(mostBytes: limits.headerTableBytes)
  }

  /// Begins a block.
  mutating func begin() {
    state = .field
    listBytes = 0
    sizeUpdates = 0
  }

  /// Ends a block, which has to be at the end of a field.
  func end() -> Fault? { if case .field = state { nil } else { .malformed } }

  /// Takes the next bytes of a block.
  mutating func take(_ bytes: UnsafeRawBufferPointer) -> Fault? {
    var at = 0
    while at < bytes.count {
      switch state {
      case .field:
        if let fault = begin(field: bytes[at]) { return fault }
        at += 1
      case .stringStart(let purpose):
        let huffman = bytes[at] & 0x80 != 0
        if let fault = begin(bytes[at], prefix: 7, purpose, huffman: huffman) { return fault }
        at += 1
      case .integer(let purpose, let value, let shift, let huffman):
        // Longer ones are malformed by RFC 7541, section 5.1, as far as we are concerned.
        guard shift <= 21 else { return .malformed }
        let next = value + Int(bytes[at] & 0x7f) << shift
        if bytes[at] & 0x80 != 0 {
          state = .integer(purpose, value: next, shift: shift + 7, huffman: huffman)
        } else if let fault = finish(next, purpose, huffman: huffman) {
          return fault
        }
        at += 1
      case .string(let purpose, let left, let length):
        let taken = min(left, bytes.count - at)
        if reads(purpose) {
          for byte in bytes[at..<(at + taken)] { read(byte, purpose) }
        }
        at += taken
        if taken == left {
          if let fault = finish(length: length, purpose) { return fault }
        } else {
          state = .string(purpose, left: left - taken, length: length)
        }
      case .huffmanString(let purpose, let left, var counter):
        let taken = min(left, bytes.count - at)
        if reads(purpose) {
          for byte in bytes[at..<(at + taken)] {
            counter.append(byte, telling: { read($0, purpose) })
          }
        } else {
          for byte in bytes[at..<(at + taken)] { counter.append(byte) }
        }
        at += taken
        if taken == left {
          if let fault = finish(length: counter.count, purpose) { return fault }
        } else {
          guard fits(counter.count) else { return .tooLong }
          state = .huffmanString(purpose, left: left - taken, counter)
        }
      }
    }
    return nil
  }

  /// The first byte of a field (section 6).
  private mutating func begin(field byte: UInt8) -> Fault? {
    if byte & 0x80 != 0 { return begin(byte, prefix: 7, .indexedField) }
    if byte & 0x40 != 0 { return begin(byte, prefix: 6, .nameIndex(adds: true)) }
    if byte & 0x20 != 0 { return begin(byte, prefix: 5, .tableSize) }
    return begin(byte, prefix: 4, .nameIndex(adds: false))
  }

  /// The first byte of an integer (section 5.1).
  private mutating func begin(
    _ byte: UInt8, prefix: Int, _ purpose: Purpose, huffman: Bool = false
  ) -> Fault? {
    let most = UInt8(1 << prefix - 1)
    if byte & most < most { return finish(Int(byte & most), purpose, huffman: huffman) }
    state = .integer(purpose, value: Int(most), shift: 0, huffman: huffman)
    return nil
  }

  /// An integer is whole.
  private mutating func finish(_ value: Int, _ purpose: Purpose, huffman: Bool) -> Fault? {
    switch purpose {
    case .indexedField:
      guard let lengths = table[value] else { return .malformed }
      return count(lengths)
    case .nameIndex(let adds):
      guard value > 0 else {
        state = .stringStart(.name(adds: adds))
        return nil
      }
      guard let lengths = table[value] else { return .malformed }
      state = .stringStart(
        .value(name: lengths.name, namesServer: lengths.namesServer, adds: adds))
      return nil
    case .tableSize:
      // Only before the first field (section 4.2).
      guard listBytes == 0, sizeUpdates < mostSizeUpdates, table.resize(value) else {
        return .malformed
      }
      sizeUpdates += 1
      state = .field
      return nil
    case .name, .value:
      beginReading(purpose)
      // A Huffman code has 30 bits at most, so `value` bytes are at least this many characters.
      guard fits(huffman ? value * 8 / 30 : value) else { return .tooLong }
      guard value > 0 else { return finish(length: 0, purpose) }
      state =
        huffman
        ? .huffmanString(purpose, left: value, HuffmanLength())
        : .string(purpose, left: value, length: value)
      return nil
    }
  }

  /// A string is whole.
  private mutating func finish(length: Int, _ purpose: Purpose) -> Fault? {
    guard fits(length) else { return .tooLong }
    switch purpose {
    case .name(let adds):
      state = .stringStart(
        .value(name: length, namesServer: fieldMatch.names, adds: adds))
    case .value(let name, let namesServer, let adds):
      let lengths = HeaderTable.Lengths(
        name: name, value: length, namesServer: namesServer,
        isForeign: nameMatch?.isForeign ?? false)
      if adds { table.insert(lengths) }
      return count(lengths)
    case .indexedField, .nameIndex, .tableSize: return .malformed
    }
    return nil
  }

  // MARK: What is read

  private func reads(_ purpose: Purpose) -> Bool {
    guard serverName != nil else { return false }
    return switch purpose {
    case .name: true
    case .value(_, let namesServer, _): namesServer
    case .indexedField, .nameIndex, .tableSize: false
    }
  }

  private mutating func beginReading(_ purpose: Purpose) {
    if case .name = purpose { fieldMatch = ServerFieldMatch() }
    nameMatch = nil
    if case .value(_, true, _) = purpose { nameMatch = serverName.map { ServerNameMatch($0) } }
  }

  private mutating func read(_ byte: UInt8, _ purpose: Purpose) {
    if case .name = purpose { fieldMatch.append(byte) } else { nameMatch?.append(byte) }
  }

  private func fits(_ length: Int) -> Bool { listBytes + length + 32 <= mostListBytes }

  private mutating func count(_ lengths: HeaderTable.Lengths) -> Fault? {
    listBytes += lengths.size
    state = .field
    guard listBytes <= mostListBytes else { return .tooLong }
    return lengths.isForeign && !Mutation.isOn(.servesOtherAuthorities) ? .misdirected : nil
  }
}
