/// A value that no log, no trace and no crash report shows: whatever writes it down writes that it is
/// one. Only who asks for `value` gets it.
public struct Secret<Value: Sendable>: Sendable {
  /// The value itself.
  public let value: Value

  /// Hides a value.
  public init(_ value: Value) { self.value = value }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "[secret]" }

  public var debugDescription: String { description }

  public var customMirror: Mirror { Mirror(self, children: []) }
}
