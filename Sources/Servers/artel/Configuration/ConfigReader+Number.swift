import Configuration

extension ConfigReader {
  /// A whole number of a range.
  ///
  /// - Parameters:
  ///   - name: the setting, as whoever reads a problem knows it.
  ///   - problems: what is said where it is none.
  /// - Returns: the default where it is not set, or wrong.
  func number(
    _ key: ConfigKey, _ name: String, _ range: ClosedRange<Int>, default value: Int,
    problems: inout [String]
  ) -> Int {
    guard let text = string(forKey: key) else { return value }
    guard let number = Int(text), range.contains(number) else {
      problems.append("\(name) is not a number from \(range.lowerBound) to \(range.upperBound)")
      return value
    }
    return number
  }
}
