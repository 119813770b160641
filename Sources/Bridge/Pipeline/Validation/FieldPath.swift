/// Where in a message the check is.
struct FieldPath {
  enum Step {
    case field(String)
    case element(String, Int)
    /// A map's value; nil stands for a key that is not repeated to the caller.
    case entry(String, String?)

    fileprivate var text: String {
      switch self {
      case .field(let name): name
      // Positions count from 1, as google.rpc.BadRequest has it.
      case .element(let name, let index): "\(name)[\(index + 1)]"
      case .entry(let name, let key): key.map { "\(name)[\"\($0)\"]" } ?? "\(name)[*]"
      }
    }
  }

  private var steps: [Step] = []

  mutating func append(_ step: Step) { steps.append(step) }

  mutating func removeLast() { steps.removeLast() }

  /// The whole path, such as `unit.access_points[2]`; made for violations only.
  func text(endingWith last: Step) -> String {
    (steps + [last]).map(\.text).joined(separator: ".")
  }
}
