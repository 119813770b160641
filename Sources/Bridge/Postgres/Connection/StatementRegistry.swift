/// Numbers for statements: the same number for the same text and the same types, for the life of
/// the reactor. Texts are static, so the registry is bounded by the program.
struct StatementRegistry {
  private struct Key: Hashable {
    let text: UInt
    let types: [UInt32]
  }

  private var numbers: [Key: Int] = [:]

  mutating func number(of statement: EncodedStatement) -> Int {
    let key = Key(text: UInt(bitPattern: statement.sql.utf8Start), types: statement.types)
    if let number = numbers[key] { return number }
    let number = numbers.count + 1
    numbers[key] = number
    return number
  }
}
