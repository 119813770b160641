import SwiftProtobuf

/// What of a file's language decides how a field is read: the syntaxes proto2 and proto3, and the
/// features of an edition (https://protobuf.dev/editions/features).
struct FieldFeatures {
  /// Whether a singular scalar outside of a oneof knows that it is set.
  var hasPresence: Bool
  /// Whether lists of numbers are packed unless the field says otherwise.
  var isPacked: Bool
  /// Whether messages are written as groups.
  var isDelimited = false

  /// - Throws: `unsupported` for a language that is not known here.
  init(_ file: Google_Protobuf_FileDescriptorProto) throws(SchemaError) {
    switch file.syntax {
    case "", "proto2": self.init(hasPresence: true, isPacked: false)
    case "proto3": self.init(hasPresence: false, isPacked: true)
    case "editions":
      guard [.edition2023, .edition2024].contains(file.edition) else {
        throw SchemaError(
          .unsupported, subject: file.name, reason: "the edition \(file.edition) is not spoken")
      }
      self.init(hasPresence: true, isPacked: true)
      apply(file.options.features)
    default:
      throw SchemaError(
        .unsupported, subject: file.name, reason: "the syntax \(file.syntax) is not spoken")
    }
  }

  private init(hasPresence: Bool, isPacked: Bool) {
    self.hasPresence = hasPresence
    self.isPacked = isPacked
  }

  /// The features inside something that sets some of its own.
  func with(_ features: Google_Protobuf_FeatureSet) -> FieldFeatures {
    var copy = self
    copy.apply(features)
    return copy
  }

  private mutating func apply(_ features: Google_Protobuf_FeatureSet) {
    if features.hasFieldPresence, features.fieldPresence != .unknown {
      hasPresence = features.fieldPresence != .implicit
    }
    if features.hasRepeatedFieldEncoding, features.repeatedFieldEncoding != .unknown {
      isPacked = features.repeatedFieldEncoding == .packed
    }
    if features.hasMessageEncoding, features.messageEncoding != .unknown {
      isDelimited = features.messageEncoding == .delimited
    }
  }
}
