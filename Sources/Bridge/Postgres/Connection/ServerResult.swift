import CPostgres

/// One `PGresult`, owned: cleared when this value ends.
struct ServerResult: ~Copyable {
  enum Status {
    case command, rowsEnded, row, failed, aborted, sync, empty
    /// COPY and whatever else a pipeline cannot contain.
    case unexpected
  }

  enum Field {
    case severity, sqlState, constraint, message

    fileprivate var code: Int32 {
      switch self {
      case .severity: Int32(UInt8(ascii: "V"))  // PG_DIAG_SEVERITY_NONLOCALIZED
      case .sqlState: Int32(UInt8(ascii: "C"))
      case .constraint: Int32(UInt8(ascii: "n"))
      case .message: Int32(UInt8(ascii: "M"))
      }
    }
  }

  private let result: OpaquePointer

  init(owning result: OpaquePointer) { self.result = result }
  deinit { PQclear(result) }

  var status: Status {
    switch PQresultStatus(result) {
    case PGRES_COMMAND_OK: .command
    case PGRES_TUPLES_OK: .rowsEnded
    case PGRES_SINGLE_TUPLE: .row
    case PGRES_FATAL_ERROR: .failed
    case PGRES_PIPELINE_ABORTED: .aborted
    case PGRES_PIPELINE_SYNC: .sync
    case PGRES_EMPTY_QUERY: .empty
    default: .unexpected
    }
  }

  /// The server's error without any text that may contain values.
  var error: PostgresError {
    guard let sqlState = Self.field(result, .sqlState) else {
      // Made by libpq itself: the connection is gone.
      return PostgresError(code: .unavailable)
    }
    // Messages of class 42 quote SQL and names of objects; 42501 names only the relation.
    let message = sqlState.hasPrefix("42") ? Self.field(result, .message) : nil
    return PostgresError(
      code: PostgresError.Code(sqlState: sqlState), sqlState: sqlState,
      constraint: Self.field(result, .constraint), severity: Self.field(result, .severity),
      diagnostic: message)
  }

  var tag: String { String(cString: PQcmdStatus(result)) }

  var affected: Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

  var types: [TypeOID] {
    (0..<PQnfields(result)).map { TypeOID(rawValue: PQftype(result, $0)) }
  }

  /// Copies the rows; gives the bytes that they take.
  func append(to builder: inout RowSetBuilder) -> Int {
    let columns = PQnfields(result)
    var size = 0
    for row in 0..<PQntuples(result) {
      for column in 0..<columns {
        size += MemoryLayout<RowSet.Cell>.size
        if PQgetisnull(result, row, column) == 1 {
          builder.cells.append(RowSet.Cell(offset: 0, length: -1))
          continue
        }
        let length = Int(PQgetlength(result, row, column))
        builder.cells.append(RowSet.Cell(offset: builder.bytes.count, length: length))
        // The value belongs to the result, which lives until the end of this method at least.
        builder.bytes += UnsafeRawBufferPointer(
          start: PQgetvalue(result, row, column), count: length)
        size += length
      }
    }
    return size
  }

  /// Text cells, for the blocking connection of migrations.
  func textRows() -> [[String?]] {
    (0..<PQntuples(result)).map { row in
      (0..<PQnfields(result)).map { column in
        PQgetisnull(result, row, column) == 1
          ? nil : String(cString: PQgetvalue(result, row, column))
      }
    }
  }

  static func field(_ result: OpaquePointer?, _ field: Field) -> String? {
    PQresultErrorField(result, field.code).map { String(cString: $0) }
  }
}
