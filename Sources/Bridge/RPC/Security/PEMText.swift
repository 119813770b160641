/// Whether a text of PEM (RFC 7468) is there to its end. Readers of PEM pass over what stands around
/// blocks, and with it over a block whose first line is cut: a file that is just being written would
/// be taken for a shorter one.
package enum PEMText {
  /// Whether every line that begins as a boundary is one, and every block that begins also ends.
  package static func isWhole(_ text: some Sequence<UInt8>) -> Bool {
    var open: ArraySlice<UInt8>?
    for line in Array(text).split(whereSeparator: { $0 == 10 || $0 == 13 })
    where line.first == UInt8(ascii: "-") {
      guard line.count > 10, line.starts(with: dashes), line.suffix(5) == dashes[...] else {
        return false
      }
      let words = line.dropFirst(5).dropLast(5)
      if words.starts(with: begin) {
        guard open == nil else { return false }
        open = words.dropFirst(begin.count)
      } else if words.starts(with: end) {
        guard let label = open, label == words.dropFirst(end.count) else { return false }
        open = nil
      } else {
        return false
      }
    }
    return open == nil
  }

  private static let dashes = Array("-----".utf8)
  private static let begin = Array("BEGIN ".utf8)
  private static let end = Array("END ".utf8)
}
