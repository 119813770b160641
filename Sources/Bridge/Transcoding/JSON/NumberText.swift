/// Numbers as JSON writes them (RFC 8259 section 6), in tokens and inside strings.
enum NumberText {
  /// What a text is as an integer.
  enum Integer {
    case value(isNegative: Bool, magnitude: UInt64)
    /// No number, or one with a fraction.
    case malformed
    case outOfRange
  }

  /// How many bytes at the start are a number; 0 if none.
  static func length(_ text: Bytes) -> Int {
    var index = 0
    func isDigit() -> Bool { index < text.count && text[index] &- 0x30 < 10 }
    func digits() -> Bool {
      let first = index
      while isDigit() { index += 1 }
      return index > first
    }
    if index < text.count, text[index] == UInt8(ascii: "-") { index += 1 }
    if index < text.count, text[index] == UInt8(ascii: "0") {
      index += 1
    } else if !digits() {
      return 0
    }
    if index < text.count, text[index] == UInt8(ascii: ".") {
      index += 1
      if !digits() { return 0 }
    }
    if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < text.count, text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-") {
        index += 1
      }
      if !digits() { return 0 }
    }
    return index
  }

  /// The integer that the whole text is. `1e5` and `10.0` are integers.
  @inline(__always)
  static func integer(_ text: Bytes) -> Integer {
    // Nearly all are up to 18 digits without more.
    var index = 0
    let isNegative = text.count > 0 && text[0] == UInt8(ascii: "-")
    if isNegative { index = 1 }
    let digits = text.count &- index
    guard digits > 0, digits <= 18 else { return exactInteger(text) }
    if text[index] == UInt8(ascii: "0"), digits > 1 { return exactInteger(text) }
    var magnitude: UInt64 = 0
    while index < text.count {
      let digit = text[index] &- 0x30
      guard digit < 10 else { return exactInteger(text) }
      magnitude = magnitude &* 10 &+ UInt64(digit)
      index &+= 1
    }
    return .value(isNegative: isNegative, magnitude: magnitude)
  }

  @inline(never)
  private static func exactInteger(_ text: Bytes) -> Integer {
    guard text.count > 0, length(text) == text.count else { return .malformed }
    let parts = Parts(text)
    guard let last = parts.lastSignificant else {
      return .value(isNegative: parts.isNegative, magnitude: 0)
    }
    // The digits up to the point, zeros included where the exponent adds some.
    let whole = parts.point
    guard last < whole else { return .malformed }
    guard whole - parts.firstSignificant <= 20 else { return .outOfRange }
    var magnitude: UInt64 = 0
    for position in parts.firstSignificant..<whole {
      let (tens, tooMany) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, tooMuch) = tens.addingReportingOverflow(UInt64(parts.digit(position)))
      if tooMany || tooMuch { return .outOfRange }
      magnitude = sum
    }
    return .value(isNegative: parts.isNegative, magnitude: magnitude)
  }

  /// The double that the whole text is, correctly rounded; nil if it is no number. Infinite if it
  /// is out of range.
  static func double(_ text: Bytes) -> Double? {
    guard text.count > 0, length(text) == text.count else { return nil }
    if let (value, exponent) = small(text, greatest: 1 << 53), abs(exponent) <= 22 {
      let sign: Double = text[0] == UInt8(ascii: "-") ? -1 : 1
      let power = powersOfTen[abs(exponent)]
      return sign * (exponent < 0 ? Double(value) / power : Double(value) * power)
    }
    return Double(text.count > shortLength ? shortened(text) : text.text)
  }

  /// As `double`, for a float, rounded once.
  static func float(_ text: Bytes) -> Float? {
    guard text.count > 0, length(text) == text.count else { return nil }
    if let (value, exponent) = small(text, greatest: 1 << 24), abs(exponent) <= 10 {
      let sign: Float = text[0] == UInt8(ascii: "-") ? -1 : 1
      let power = Float(powersOfTen[abs(exponent)])
      return sign * (exponent < 0 ? Float(value) / power : Float(value) * power)
    }
    return Float(text.count > shortLength ? shortened(text) : text.text)
  }

  /// The digits as one integer and its power of ten, where both are exact in floating point: one
  /// multiplication or division then rounds correctly.
  private static func small(_ text: Bytes, greatest: UInt64) -> (UInt64, Int)? {
    guard text.count <= 24 else { return nil }
    var value: UInt64 = 0
    var exponent = 0
    var index = text[0] == UInt8(ascii: "-") ? 1 : 0
    var isFraction = false
    while index < text.count {
      let byte = text[index]
      if byte &- 0x30 < 10 {
        value = value &* 10 &+ UInt64(byte &- 0x30)
        guard value <= greatest else { return nil }
        if isFraction { exponent -= 1 }
      } else if byte == UInt8(ascii: ".") {
        isFraction = true
      } else {
        exponent += Parts.exponent(text.from(index + 1))
        break
      }
      index += 1
    }
    return (value, exponent)
  }

  /// What the standard library is given as it is.
  private static let shortLength = 1024
  /// More digits than the exact middle between two doubles can have (767). What follows them only
  /// counts as something or nothing.
  private static let digitLimit = 800

  /// A number that rounds as a long one does, in time that grows with the length alone.
  private static func shortened(_ text: Bytes) -> String {
    let parts = Parts(text)
    let sign = parts.isNegative ? "-" : ""
    guard let last = parts.lastSignificant else { return sign + "0" }
    let first = parts.firstSignificant
    let end = min(last + 1, first + digitLimit)
    var digits = String(
      decoding: (first..<end).map { UInt8(ascii: "0") + parts.digit($0) }, as: UTF8.self)
    if end <= last { digits += "1" }
    // As a fraction below 1, whose exponent says alone whether it is in range at all.
    return "\(sign)0.\(digits)e\(max(-1000, min(parts.point - first, 1000)))"
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}

extension NumberText {
  /// The digits of a well-formed number and where its point is.
  private struct Parts {
    let isNegative: Bool
    private let whole: Bytes
    private let fraction: Bytes
    /// How many digits stand before the point once the exponent is applied; it may be negative or
    /// beyond the digits there are.
    let point: Int

    init(_ text: Bytes) {
      isNegative = text[0] == UInt8(ascii: "-")
      let unsigned = text.from(isNegative ? 1 : 0)
      var index = 0
      while index < unsigned.count, unsigned[index] &- 0x30 < 10 { index += 1 }
      whole = unsigned.first(index)
      var rest = unsigned.from(index)
      if rest.count > 0, rest[0] == UInt8(ascii: ".") {
        rest = rest.from(1)
        index = 0
        while index < rest.count, rest[index] &- 0x30 < 10 { index += 1 }
        fraction = rest.first(index)
        rest = rest.from(index)
      } else {
        fraction = rest.first(0)
      }
      point = whole.count + (rest.count > 0 ? Parts.exponent(rest.from(1)) : 0)
    }

    /// An exponent, kept within what no text is long enough to make up for.
    static func exponent(_ text: Bytes) -> Int {
      var index = 0
      var value = 0
      if text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") { index = 1 }
      while index < text.count {
        value = min(value * 10 + Int(text[index] &- 0x30), 1 << 40)
        index += 1
      }
      return text[0] == UInt8(ascii: "-") ? -value : value
    }

    private var count: Int { whole.count + fraction.count }

    /// A digit; 0 beyond those that are written.
    func digit(_ position: Int) -> UInt8 {
      if position < whole.count { return whole[position] &- 0x30 }
      if position < count { return fraction[position - whole.count] &- 0x30 }
      return 0
    }

    /// The first digit that is not 0, or the count.
    var firstSignificant: Int {
      var position = 0
      while position < count, digit(position) == 0 { position += 1 }
      return position
    }

    /// The last digit that is not 0; nil if all are.
    var lastSignificant: Int? {
      var position = count - 1
      while position >= 0, digit(position) == 0 { position -= 1 }
      return position < 0 ? nil : position
    }
  }
}
