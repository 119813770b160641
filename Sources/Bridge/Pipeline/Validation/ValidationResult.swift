public import Transcoding

/// What a validator says about a message.
public enum ValidationResult: Sendable {
  /// Every rule holds.
  case valid
  /// Rules that do not hold, 20 at most, with paths such as `unit.access_points[2]`.
  case violations([FieldViolation])
  /// The bytes are not a message: broken, or nested more than 100 deep.
  case malformed
}
