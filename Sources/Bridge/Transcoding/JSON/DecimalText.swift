/// Whole numbers as decimal digits.
enum DecimalText {
  /// The greatest length, that of 2^64 - 1.
  static let greatestLength = 20

  /// Writes a number; room for `greatestLength`. Returns the length.
  @inline(__always)
  static func write(_ value: UInt64, to target: UnsafeMutablePointer<UInt8>) -> Int {
    if value < 10 {
      target[0] = 0x30 &+ UInt8(truncatingIfNeeded: value)
      return 1
    }
    var length = 0
    var bound = value
    while bound > 0 {
      bound /= 10
      length &+= 1
    }
    var rest = value
    var position = length
    while position > 0 {
      position &-= 1
      let tens = rest / 10
      target[position] = 0x30 &+ UInt8(truncatingIfNeeded: rest &- tens &* 10)
      rest = tens
    }
    return length
  }
}
