/// A parser to feed.
protocol Subject {
  var name: String { get }
  /// Inputs of the right kind.
  func seeds() -> [[UInt8]]
  /// Traps if the parser breaks a promise.
  func run(_ input: UnsafeBufferPointer<UInt8>)
}

enum Subjects {
  static var all: [any Subject] {
    [JSONSubject(), WireSubject(), PathSubject(), QuerySubject(), MultipartSubject()]
  }

  static func named(_ name: String) -> (any Subject)? { all.first { $0.name == name } }

  /// The one that the first argument names, which `main` has checked.
  ///
  /// `nonisolated(unsafe)`: set before the first input, on the only thread there is.
  nonisolated(unsafe) static let chosen: any Subject = {
    guard let subject = named(CommandLine.arguments[1]) else { fatalError("no such subject") }
    return subject
  }()
}

/// Ends the process with a reason, in an optimized build too, if a promise is broken.
func promise(_ holds: Bool, _ text: StaticString) {
  if !holds { broken(text) }
}

func broken(_ text: StaticString) -> Never { fatalError("\(text)") }
