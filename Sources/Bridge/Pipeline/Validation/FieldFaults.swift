import Transcoding

extension FieldRule {
  /// What is wrong with a value of a string or bytes field; the value itself is not repeated.
  func fault(in value: UnsafeRawBufferPointer) -> String? {
    if minimumLength != nil || maximumLength != nil {
      let length = kind == .string ? value.scalarCount : value.count
      let unit = kind == .string ? "characters" : "bytes"
      if let minimumLength, length < minimumLength {
        return "has fewer than \(minimumLength) \(unit)"
      }
      if let maximumLength, length > maximumLength {
        return "has more than \(maximumLength) \(unit)"
      }
    }
    if let resource, !resource.matches(value) { return "is not of the form \(resource.text)" }
    if let format, !format.matches(value) { return format.fault }
    return nil
  }

  /// What is wrong with a value of a number or enum field.
  func fault(in bits: UInt64) -> String? {
    if let minimum, isBelow(minimum, bits) { return "is less than \(minimum)" }
    if let maximum, isAbove(maximum, bits) { return "is greater than \(maximum)" }
    if let definedOnly, !definedOnly.defines(Int32(truncatingIfNeeded: bits)) {
      return "is not a value of \(definedOnly.fullName)"
    }
    return nil
  }

  private func isBelow(_ bound: Int64, _ bits: UInt64) -> Bool {
    switch kind {
    // Written so that NaN is outside of any bounds.
    case .double, .float: !(Double(bitPattern: bits) >= Double(bound))
    case .uint64, .fixed64: bound > 0 && bits < UInt64(bound)
    default: Int64(bitPattern: bits) < bound
    }
  }

  private func isAbove(_ bound: Int64, _ bits: UInt64) -> Bool {
    switch kind {
    case .double, .float: !(Double(bitPattern: bits) <= Double(bound))
    case .uint64, .fixed64: bound < 0 || bits > UInt64(bound)
    default: Int64(bitPattern: bits) > bound
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Whether the bytes are well-formed UTF-8.
  var isUTF8: Bool {
    if allSatisfy({ $0 < 0x80 }) { return true }
    return withMemoryRebound(to: UInt8.self) { (try? UTF8Span(validating: $0.span)) != nil }
  }

  /// The number of Unicode scalars of well-formed UTF-8.
  var scalarCount: Int { reduce(0) { $0 + ($1 & 0xc0 == 0x80 ? 0 : 1) } }
}
