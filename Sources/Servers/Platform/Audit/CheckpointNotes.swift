public import LibCrypto

/// The notes of a file such as `CheckpointFile` writes it, read line by line.
public struct CheckpointNotes: Sendable {
  /// The checkpoints, in order; nobody has verified them yet.
  public private(set) var checkpoints: [SignedCheckpoint] = []
  /// How many lines belong to no note.
  public private(set) var strayLines = 0

  /// The lines of a note that has not ended yet.
  private var lines: [Substring] = []

  /// Reads a whole text.
  public init(_ text: String) {
    take(text)
    finish()
  }

  /// Has read nothing yet.
  init() {}

  /// Reads whole lines.
  mutating func take(_ text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) { take(line) }
  }

  /// Hands out what was read, and forgets it.
  mutating func removeAll() -> [SignedCheckpoint] {
    defer { checkpoints = [] }
    return checkpoints
  }

  private mutating func take(_ line: Substring) {
    if lines.count > 4, !Self.isSignature(line) { finish() }
    if lines.isEmpty, line.isEmpty { return }
    lines.append(line)
    // Where a note was cut off, another may begin within what was taken for it.
    while let place = lines.indices.last, !Self.fits(lines[place], at: place) {
      strayLines += 1
      let rest = lines.dropFirst()
      lines = []
      for line in rest.dropLast() { take(line) }
      guard let last = rest.last else { return }
      if lines.isEmpty, last.isEmpty { return }
      lines.append(last)
    }
  }

  /// Says that nothing comes any more.
  mutating func finish() {
    guard !lines.isEmpty else { return }
    let taken = lines
    lines = []
    if taken.count > 4,
      let checkpoint = SignedCheckpoint(note: taken.map { "\($0)\n" }.joined())
    {
      checkpoints.append(checkpoint)
    } else {
      strayLines += taken.count { !$0.isEmpty }
    }
  }

  private static func fits(_ line: Substring, at place: Int) -> Bool {
    switch place {
    case 0: !line.isEmpty && !isSignature(line)
    case 1: !line.isEmpty && line.utf8.allSatisfy { (0x30...0x39).contains($0) }
    case 2: line.utf8.count == 44
    case 3: line.isEmpty
    default: isSignature(line)
    }
  }

  private static func isSignature(_ line: Substring) -> Bool { line.hasPrefix("\u{2014} ") }
}

extension SignedCheckpoint {
  /// The notes of a file such as `CheckpointFile` writes it, in order; text that is no note is passed
  /// over.
  public static func all(in text: String) -> [SignedCheckpoint] {
    CheckpointNotes(text).checkpoints
  }
}
