import GeneratedPeople
import LibCrypto
import Sealing
import Storage

/// Sealed columns that are opened for an export of the person whom they tell of. A column that is not
/// here, and is sealed for somebody, has to be among the exceptions of a test, with a reason.
struct SubjectColumns: Sendable {
  /// One of them.
  struct Column: Sendable {
    let table: String
    let name: String
    /// The field that says whose row it is.
    let key: String

    init(_ column: SealedColumn<String, some SealedSearch>) {
      table = column.table
      name = column.name
      key = column.key
    }

    /// What the export calls it.
    var field: String { String(name.dropFirst("sealed_".count)) }
  }

  static let opened: [Column] = [
    Column(Artel_People_V1_Member.Sealed.login), Column(Artel_People_V1_Member.Sealed.displayName),
    Column(Artel_People_V1_Session.Sealed.device), Column(Artel_People_V1_Session.Sealed.address),
    Column(Artel_People_V1_Passkey.Sealed.displayName),
  ]

  /// The columns of a table.
  static func opened(of table: String) -> [Column] { opened.filter { $0.table == table } }
}
