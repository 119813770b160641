/// Why a descriptor set cannot be reflected.
public struct ReflectionError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong with the set.
  public enum Reason: Sendable, Hashable {
    /// The bytes are no `google.protobuf.FileDescriptorSet`.
    case malformed
    /// Two files have this name.
    case duplicateFile(String)
    /// A file imports this one, which is missing: the set has to be made with its imports.
    case missingImport(String)
    /// This service is to be listed, and no file has it.
    case missingService(String)
  }

  /// What is wrong.
  public let reason: Reason

  init(_ reason: Reason) { self.reason = reason }

  public var description: String {
    switch reason {
    case .malformed: "the bytes are no google.protobuf.FileDescriptorSet"
    case .duplicateFile(let name): "the descriptor set has \(name) twice"
    case .missingImport(let name): "the descriptor set lacks the imported file \(name)"
    case .missingService(let name): "the descriptor set lacks the service \(name)"
    }
  }
}
