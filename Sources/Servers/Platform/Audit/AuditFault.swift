/// What is wrong with a log, at the first place where something is.
public struct AuditFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of fault it is.
  public enum Kind: String, Sendable {
    /// The entry is not what was sealed.
    case changed = "ENTRY_CHANGED"
    /// A sealed entry is gone.
    case deleted = "ENTRY_DELETED"
    /// The log has no leaf where it has later ones.
    case missing = "LEAF_MISSING"
    /// Leaves are others, or in another order, than when they were sealed.
    case reordered = "LEAVES_CHANGED"
    /// An entry lies before the sealer's place, and was never sealed.
    case inserted = "ENTRY_INSERTED"
    /// The sealer holds the log back: it is not what was signed, as somebody remembers.
    case held = "LOG_HELD"
    /// A checkpoint says that there was more.
    case truncated = "LOG_TRUNCATED"
    /// A checkpoint has another root than the log had at its size.
    case root = "ROOT_DIFFERS"
    /// A checkpoint is not signed by the log's key.
    case signature = "SIGNATURE_INVALID"
  }

  /// What kind of fault it is.
  public let kind: Kind
  /// The first leaf that it concerns; of a checkpoint, its size less one.
  public let index: Int
  /// The last leaf that it may concern.
  public let lastIndex: Int
  /// The entry, where it is known.
  public let entryID: String?

  init(_ kind: Kind, _ index: Int, to lastIndex: Int? = nil, entryID: String? = nil) {
    self.kind = kind
    self.index = max(0, index)
    self.lastIndex = max(0, lastIndex ?? index)
    self.entryID = entryID
  }

  public var description: String {
    let place = index == lastIndex ? "leaf \(index)" : "leaves \(index) to \(lastIndex)"
    return "\(kind.rawValue) at \(place)" + (entryID.map { ", auditEntries/\($0)" } ?? "")
  }
}
