/// Why a text or a message was refused: small, so that throwing it from deep inside costs nothing.
/// The binder turns it into a `TranscodingError` with a path.
struct Fault: Error {
  enum Reason: UInt8 {
    // The text is not JSON.
    case syntax, truncated, trailing, byteOrderMark, invalidUTF8, invalidEscape, controlCharacter
    // The text is JSON that the message does not take.
    case tooDeep, unknownField, duplicateField, duplicateKey, oneofTaken, wrongType, outOfRange
    case unknownEnumValue, invalidBase64, nullElement, missingType, unknownType
    case invalidTimestamp, invalidDuration, invalidFieldMask
    // The request is more than the budget allows.
    case overBudget
    // The message is not what its type says.
    case corrupt
  }

  var reason: Reason
  /// The byte of the JSON text; -1 where the thrower does not know it, which is where the reader
  /// stands, or where there is no text.
  var offset: Int = -1

  init(_ reason: Reason, at offset: Int = -1) {
    self.reason = reason
    self.offset = offset
  }
}
