/// The names and numbers of an enum.
struct EnumPlan {
  struct Name {
    var number: Int32
    /// With the quotes around it.
    var quoted: Bytes
  }

  /// By number.
  private let sorted: UnsafePointer<Name>
  private let count: Int
  private let names: NameTable
  private let numbers: UnsafePointer<Int32>

  static func build(
    values: [EnumSchema.Value], in region: SchemaRegion
  ) -> Permanent<EnumPlan> {
    var sorted: [Name] = []
    var numbers: Set<Int32> = []
    // Of several names of a number the first is printed.
    for value in values where numbers.insert(value.number).inserted {
      sorted.append(Name(number: value.number, quoted: region.bytes("\"\(value.name)\"")))
    }
    sorted.sort { $0.number < $1.number }
    var seen: Set<String> = []
    let distinct = values.filter { seen.insert($0.name).inserted }
    // With each name once, no name can stand for two indices.
    guard
      case .success(let names) = NameTable.build(
        distinct.enumerated().map { ($0.element.name, $0.offset) }, in: region)
    else { preconditionFailure("distinct names") }
    return region.copy(
      EnumPlan(
        sorted: region.copy(sorted), count: sorted.count, names: names,
        numbers: region.copy(distinct.map(\.number))))
  }

  /// The name of a number, quoted; nil if the contract has none.
  @inline(__always)
  func name(of number: Int32) -> Bytes? {
    if number >= 0, Int(number) < count, sorted[Int(number)].number == number {
      return sorted[Int(number)].quoted
    }
    var low = 0
    var high = count
    while low < high {
      let middle = (low &+ high) >> 1
      if sorted[middle].number < number { low = middle &+ 1 } else { high = middle }
    }
    return low < count && sorted[low].number == number ? sorted[low].quoted : nil
  }

  /// The number of a name.
  @inline(__always)
  func number(of name: Bytes) -> Int32? {
    let index = names.find(name)
    return index < 0 ? nil : numbers[index]
  }
}
